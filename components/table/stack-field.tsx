'use client'
import { Equal, EqualNot, Monitor } from 'lucide-react'
import type { ReactNode } from 'react'
import { iconButtonClass } from '#components/ui/button.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { Hint } from '#components/ui/hint.tsx'
import { NavLink } from '#components/ui/nav-link.tsx'
import { hostHref } from '#lib/params/hrefs.ts'
import { type FilteredField, filterFields } from '#lib/params/params.ts'
import { filterLinks } from '#lib/params/screen.ts'
import { Logged } from './cells/logged.tsx'
import { NullValue } from './cells/null-value.tsx'
import { useTableContext } from './table-context.ts'
import { ValueMenu } from './value-menu.tsx'

const fieldOf = (name: string): FilteredField | null =>
  name === 'ASR_ID' ? 'ID' : (filterFields.find((field) => field === name) ?? null)

type Props = {
  name: string
  value: string | number
  /** How texts are merged in it, if they are: then the value is none that was logged. */
  merged?: string
  /** The filter that its value can become, if it is not the one of its name. */
  field?: FilteredField | null
  /** The row that it is of. */
  record: Record<string, unknown>
}

/** One field of a stack, complete, with what can be done with its value. */
export function StackField({ name, value, merged, field = fieldOf(name), record }: Props) {
  const { screen, window: range, detection } = useTableContext()
  const text = String(value)
  const links = field === null ? null : filterLinks(screen, field, text)
  return (
    <div className="border-b border-line py-1.5">
      <dt className="flex h-7 items-center justify-between gap-2 text-12 text-dim">
        {merged === undefined ? name : `${name}, ${merged}`}
        <span className="flex">
          {links !== null && (
            <>
              <FieldLink href={links.only} label={`Only this ${name}`} icon={<Equal aria-hidden />} />
              <FieldLink href={links.not} label={`Not this ${name}`} icon={<EqualNot aria-hidden />} />
            </>
          )}
          {field === 'dest' && (
            <FieldLink
              href={hostHref(text, range, screen.params.tz, detection)}
              label="Open host"
              icon={<Monitor aria-hidden />}
            />
          )}
          <CopyButton text={text} name={name} />
          <ValueMenu value={{ column: name, value: text, field, filter: text, record }} label={`More for ${name}`} />
        </span>
      </dt>
      <dd className="font-mono text-12 leading-5 whitespace-pre-wrap wrap-anywhere">
        {text === 'NULL' ? <NullValue /> : <Logged text={text} />}
      </dd>
    </div>
  )
}

function FieldLink({ href, label, icon }: { href: string; label: string; icon: ReactNode }) {
  return (
    <Hint text={label}>
      <NavLink href={href} aria-label={label} className={iconButtonClass('text-dim')}>
        {icon}
      </NavLink>
    </Hint>
  )
}
