'use client'
import { CircleQuestionMark } from 'lucide-react'
import { copyText } from '#components/ui/copy.ts'
import { Hint } from '#components/ui/hint.tsx'
import { shortGuid } from '#lib/text/guid.ts'
import { visibleText } from '#lib/text/visible.ts'
import { ruleText } from '../rule-text.ts'
import { NullValue } from './null-value.tsx'

type Props = {
  /** The rule's GUID, or NULL. */
  id: string | null
  /** Its name by lookup, or NULL. */
  name: string | null
  short?: string
  /** Shows name and GUID on hover and focus; a table does that itself. */
  hint?: boolean
}

const isNull = (value: string | null): value is null => value === null || value === 'NULL'

/** A rule by its short name; its whole name and GUID show on hover and focus, and a click copies the GUID. */
export function RuleName({ id, name, short, hint = true }: Props) {
  if (isNull(id)) return isNull(name) ? <NullValue /> : <span>{name}</span>
  const isKnown = !isNull(name)
  const button = (
    <button
      type="button"
      onClick={() => copyText(id, 'GUID copied')}
      aria-label={`${ruleText(id, short ?? name)}, copy GUID`}
      className="flex w-full min-w-0 items-center gap-1 rounded-sm text-left hover:text-accent"
    >
      {isKnown ? (
        <span className="truncate">{short ?? name}</span>
      ) : (
        <>
          <CircleQuestionMark aria-hidden className="size-3.5 shrink-0 text-other-ink" />
          <span className="truncate">
            Unknown rule <span className="font-mono text-12 text-dim">{visibleText(shortGuid(id))}</span>
          </span>
        </>
      )}
    </button>
  )
  if (!hint) return button
  return (
    <Hint
      text={
        <>
          {isKnown ? name : 'No rule of the lookup has this GUID'}
          <br />
          <span className="font-mono">{visibleText(id)}</span>
        </>
      }
    >
      {button}
    </Hint>
  )
}
