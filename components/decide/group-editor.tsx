'use client'
import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react'
import { useEffect, useState, useTransition } from 'react'
import { useMay, useUser } from '#components/frame/user.tsx'
import { announce } from '#components/ui/announce.ts'
import { Button, iconButtonClass } from '#components/ui/button.tsx'
import { fieldClass, labelClass } from '#components/ui/field.ts'
import { refreshPage } from '#components/ui/refresh.ts'
import type { GroupPage } from '#lib/model/decisions.ts'
import { countOf, countText } from '#lib/text/number.ts'
import { visibleText } from '#lib/text/visible.ts'
import { saveAuthor, savedAuthor } from './author.ts'
import { AuthorField } from './author-field.tsx'
import { ChangedNotice } from './changed-notice.tsx'
import { hostsIn } from './draft.ts'
import { type SentGroupStep, sendGroups } from './send-decision.ts'

type Draft = { key: number; name: string; patterns: string; counted: { hosts: number; taken: number } | null }

const draftsOf = (page: GroupPage): Draft[] =>
  page.groups.map(({ name, patterns, hosts, taken }, key) => ({
    ...{ key, name, patterns: patterns.join('\n'), counted: { hosts, taken } },
  }))

/** What is wrong with a list of groups; null if nothing is. */
function wrong(drafts: readonly Draft[]): string | null {
  const names = drafts.map(({ name }) => name.trim().toLowerCase())
  if (names.includes('')) return 'Give each group a name.'
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  if (twice !== undefined) return `Two groups are named ${twice}.`
  const empty = drafts.find(({ patterns }) => hostsIn(patterns).length === 0)
  return empty === undefined ? null : `${empty.name} has no pattern.`
}

/** What the counts say of a group. */
function reachText({ counted }: Draft): string {
  if (counted === null) return 'Counted when it is saved.'
  const { hosts, taken } = counted
  if (hosts > 0)
    return `${countOf(hosts, 'host')}${taken > 0 ? `; ${taken} more fit, but are of an earlier group` : ''}.`
  return taken > 0
    ? `Unreachable: ${taken === 1 ? 'the 1 host that fits is' : `all ${taken} hosts that fit are`} of an earlier group.`
    : 'No known host fits.'
}

/**
 * Edits the complete list of host groups: their order, names and patterns. If another one changed it meanwhile, it shows their list and
 * keeps what was typed. Who may not decide sees the list.
 */
export function GroupEditor({ page }: { page: GroupPage }) {
  /** What the drafts are changes of. */
  const [base, setBase] = useState(page)
  const [seen, setSeen] = useState(page)
  const [drafts, setDrafts] = useState(() => draftsOf(page))
  const [etag, setEtag] = useState(page.etag)
  const [other, setOther] = useState<SentGroupStep | null>(null)
  const [author, setAuthor] = useState('')
  const [failure, setFailure] = useState<string | null>(null)
  const [isSaving, startSaving] = useTransition()
  const user = useUser()
  const mayDecide = useMay('decide')
  useEffect(() => setAuthor(user?.name ?? savedAuthor()), [user])
  const isChanged = JSON.stringify(drafts) !== JSON.stringify(draftsOf(base))
  const begin = (shown: GroupPage) => {
    setBase(shown)
    setDrafts(draftsOf(shown))
    setEtag(shown.etag)
    setOther(null)
  }
  // The page was rendered again: what was typed is kept.
  if (page !== seen) {
    setSeen(page)
    if (!isChanged) begin(page)
  }
  const problem = wrong(drafts) ?? (author.trim() === '' ? 'Give your name.' : null)
  const set = (place: number, change: Partial<Draft>) =>
    setDrafts(drafts.map((each, at) => (at === place ? { ...each, ...change, counted: null } : each)))
  const move = (from: number, to: number) => {
    const next = drafts.map((each) => ({ ...each, counted: null }))
    next.splice(to, 0, ...next.splice(from, 1))
    setDrafts(next)
  }
  const add = () => {
    const key = Math.max(-1, ...drafts.map((each) => each.key)) + 1
    setDrafts([...drafts, { key, name: '', patterns: '', counted: null }])
  }
  const save = () =>
    startSaving(async () => {
      saveAuthor(author.trim())
      const sent = await sendGroups(
        drafts.map(({ name, patterns }) => ({ name: name.trim(), patterns: hostsIn(patterns) })),
        author.trim(),
        etag,
      )
      if ('answer' in sent) {
        setFailure(null)
        begin(sent.answer)
        announce('The host groups are saved')
        return refreshPage()
      }
      const [step] = sent.others ?? []
      setFailure(step === undefined ? sent.failure : null)
      if (step === undefined) return
      // Saving again is in the knowledge of this list.
      setOther(step)
      setEtag(step.etag)
    })
  const take = () => {
    setDrafts(draftsOf(base))
    setOther(null)
    refreshPage()
  }
  return (
    <form
      className="flex max-w-[880px] flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <p className="max-w-[70ch]">
        A host belongs to the first group with a pattern that fits its name. <span className="font-mono">*</span>{' '}
        matches any text; case does not count. {countText(page.ungrouped)} of {countOf(page.hosts, 'known host')}{' '}
        {page.ungrouped === 1 ? 'belongs' : 'belong'} to no group.
      </p>
      {drafts.length > 0 && (
        <ol className="flex flex-col border-t border-line">
          {drafts.map((draft, place) => (
            <li key={draft.key} className="flex flex-wrap items-start gap-3 border-b border-line py-3">
              <span className="figures w-6 pt-6 text-dim">{place + 1}</span>
              <label className={`${labelClass} w-52 max-sm:flex-1`}>
                Name
                <input
                  maxLength={100}
                  readOnly={!mayDecide}
                  value={draft.name}
                  onChange={({ target }) => set(place, { name: target.value })}
                  className={fieldClass}
                />
              </label>
              <div className="min-w-60 flex-1">
                <label className={labelClass}>
                  Patterns, one a line
                  <textarea
                    rows={Math.max(2, hostsIn(draft.patterns).length)}
                    placeholder="WS-PILOT-*"
                    readOnly={!mayDecide}
                    value={draft.patterns}
                    onChange={({ target }) => set(place, { patterns: target.value })}
                    className={`${fieldClass} h-auto py-1 font-mono`}
                  />
                </label>
                <p className="pt-1 text-12 text-dim">{reachText(draft)}</p>
              </div>
              <span className={mayDecide ? 'flex pt-5' : 'hidden'}>
                <button
                  type="button"
                  aria-label={`Move ${draft.name} up`}
                  disabled={place === 0}
                  onClick={() => move(place, place - 1)}
                  className={iconButtonClass()}
                >
                  <ArrowUp aria-hidden />
                </button>
                <button
                  type="button"
                  aria-label={`Move ${draft.name} down`}
                  disabled={place === drafts.length - 1}
                  onClick={() => move(place, place + 1)}
                  className={iconButtonClass()}
                >
                  <ArrowDown aria-hidden />
                </button>
                <button
                  type="button"
                  aria-label={`Remove ${draft.name}`}
                  onClick={() => setDrafts(drafts.filter((_, at) => at !== place))}
                  className={iconButtonClass()}
                >
                  <Trash2 aria-hidden />
                </button>
              </span>
            </li>
          ))}
        </ol>
      )}
      {failure !== null && (
        <p role="alert" className="text-block-ink">
          {failure}
        </p>
      )}
      {other !== null && (
        <ChangedNotice what="The host groups were changed" step={other} take="Take this list" onTake={take}>
          {other.after.length === 0 ? (
            <p>No groups left.</p>
          ) : (
            <ol className="list-decimal pl-5">
              {other.after.map(({ name, patterns }) => (
                <li key={name}>
                  {`${visibleText(name)}: `}
                  <span className="font-mono">{patterns.map(visibleText).join(', ')}</span>
                </li>
              ))}
            </ol>
          )}
        </ChangedNotice>
      )}
      {!mayDecide && (
        <p className="text-dim">Your role does not include changing host groups. Analysts and administrators can.</p>
      )}
      <div className={mayDecide ? 'flex flex-wrap items-end gap-3' : 'hidden'}>
        <Button onClick={add}>
          <Plus aria-hidden />
          Add a group
        </Button>
        <AuthorField author={author} onChange={setAuthor} />
        <Button type="submit" look="primary" disabled={isSaving || !isChanged || problem !== null}>
          {other === null ? 'Save' : 'Save mine instead'}
        </Button>
        {isChanged && problem !== null && <p className="pb-1 text-12 text-dim">{problem}</p>}
      </div>
    </form>
  )
}
