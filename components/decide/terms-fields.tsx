'use client'
import { useEffect, useId, useState } from 'react'
import { fieldClass, labelClass } from '#components/ui/field.ts'
import { dispositions } from '#lib/hunting/decision.ts'
import { AuthorField } from './author-field.tsx'
import { dispositionKeys, meanings } from './decision-words.ts'
import { readGroups } from './send-decision.ts'
import type { Terms } from './terms.ts'

type Props = { terms: Terms; onChange: (change: Partial<Terms>) => void }

/** The disposition, with what it means. */
export function DispositionField({ terms, onChange }: Props) {
  const name = useId()
  return (
    <fieldset>
      <legend className="sr-only">Disposition</legend>
      <div className="flex flex-wrap gap-x-3 gap-y-1">
        {dispositionKeys.map((key) => (
          <label key={key} className="flex h-7 items-center gap-1.5">
            <input
              type="radio"
              name={name}
              checked={terms.disposition === key}
              onChange={() => onChange({ disposition: key })}
            />
            {dispositions[key].name}
          </label>
        ))}
      </div>
      <p className="text-12 text-dim">{meanings[terms.disposition]}</p>
    </fieldset>
  )
}

/** The hosts that a decision is about. */
function ScopeField({ terms, onChange }: Props) {
  const [groups, setGroups] = useState<readonly string[]>(terms.groups)
  const isOfSome = terms.scope === 'some'
  useEffect(() => {
    if (!isOfSome) return
    let isHere = true
    readGroups().then((sent) => {
      if (isHere && 'answer' in sent) setGroups(sent.answer.groups.map(({ name }) => name))
    })
    return () => {
      isHere = false
    }
  }, [isOfSome])
  const toggle = (name: string) =>
    onChange({
      groups: terms.groups.includes(name) ? terms.groups.filter((each) => each !== name) : [...terms.groups, name],
    })
  return (
    <div>
      <label className={labelClass}>
        Hosts
        <select
          value={terms.scope}
          onChange={({ target }) => onChange({ scope: target.value === 'some' ? 'some' : 'all' })}
          className={fieldClass}
        >
          <option value="all">Every host</option>
          <option value="some">Some hosts or groups</option>
        </select>
      </label>
      {isOfSome && (
        <div className="mt-2 flex flex-col gap-1">
          <textarea
            aria-label="Names of hosts or patterns, one a line"
            placeholder={'WS-PILOT-*\nSRV-BUILD-01'}
            rows={2}
            value={terms.hosts}
            onChange={({ target }) => onChange({ hosts: target.value })}
            className={`${fieldClass} h-auto w-full py-1 font-mono`}
          />
          <div className="flex flex-wrap gap-x-4">
            {[...new Set([...groups, ...terms.groups])].map((name) => (
              <label key={name} className="flex h-7 items-center gap-1.5">
                <input type="checkbox" checked={terms.groups.includes(name)} onChange={() => toggle(name)} />
                {name}
              </label>
            ))}
          </div>
        </div>
      )}
    </div>
  )
}

/** Everything a decision says besides its patterns and its disposition. */
export function TermsFields({ terms, onChange }: Props) {
  return (
    <div className="flex flex-col gap-3">
      <ScopeField terms={terms} onChange={onChange} />
      <label className={labelClass}>
        Reason
        <textarea
          rows={2}
          maxLength={2000}
          value={terms.reason}
          onChange={({ target }) => onChange({ reason: target.value })}
          className={`${fieldClass} h-auto w-full py-1`}
        />
      </label>
      <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
        <AuthorField author={terms.author} onChange={(author) => onChange({ author })} />
        <label className={labelClass}>
          {terms.disposition === 'snoozed' ? 'Snoozed until (UTC)' : 'Expires (UTC), if ever'}
          <input
            type="date"
            value={terms.until}
            onChange={({ target }) => onChange({ until: target.value })}
            className={fieldClass}
          />
        </label>
      </div>
    </div>
  )
}
