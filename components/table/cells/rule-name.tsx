'use client'
import { CircleQuestionMark } from 'lucide-react'
import { copyText } from '#components/ui/copy.ts'
import { Hint } from '#components/ui/hint.tsx'
import { NavLink } from '#components/ui/nav-link.tsx'
import { shortGuid } from '#lib/text/guid.ts'
import { ruleText } from '#lib/text/rule.ts'
import { visibleText } from '#lib/text/visible.ts'
import { NullValue } from './null-value.tsx'

type Props = {
  /** The rule's GUID, or NULL. */
  id: string | null
  /** Its name by lookup, or NULL. */
  name: string | null
  short?: string
  /** The page of the rule. Without it, a click copies the GUID. */
  href?: string
  /** Shows name and GUID on hover and focus; a table does that itself. */
  hint?: boolean
}

const nameClass = 'flex w-full min-w-0 items-center gap-1 rounded-sm text-left hover:text-accent'

const isNull = (value: string | null): value is null => value === null || value === 'NULL'

/** A rule by its short name; its complete name and GUID show on hover and focus. A click opens its page, or copies the GUID. */
export function RuleName({ id, name, short, href, hint = true }: Props) {
  if (isNull(id)) return isNull(name) ? <NullValue /> : <span>{name}</span>
  const isKnown = !isNull(name)
  const shown = isKnown ? (
    <span className="truncate">{short ?? name}</span>
  ) : (
    <>
      <CircleQuestionMark aria-hidden className="size-3.5 shrink-0 text-other-ink" />
      <span className="truncate">
        Unknown rule <span className="font-mono text-12 text-dim">{visibleText(shortGuid(id))}</span>
      </span>
    </>
  )
  const control =
    href === undefined ? (
      <button
        type="button"
        onClick={() => copyText(id, 'GUID copied')}
        aria-label={`${ruleText(id, short ?? name)}, copy GUID`}
        className={nameClass}
      >
        {shown}
      </button>
    ) : (
      <NavLink href={href} className={`${nameClass} hover:underline`}>
        {shown}
      </NavLink>
    )
  if (!hint) return control
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
      {control}
    </Hint>
  )
}
