'use client'
import { X } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { NavLink } from '#components/ui/nav-link.tsx'
import type { FilteredField } from '#lib/params/params.ts'
import { negated } from '#lib/params/pattern.ts'
import { rewrittenLink, type Screen } from '#lib/params/screen.ts'
import { Logged } from './cells/logged.tsx'
import { PathText } from './cells/path-text.tsx'

type Props = {
  screen: Screen
  name: string
  excludes: boolean
  /** What is shown of it. */
  value: string
  filter: { field: FilteredField; written: string } | undefined
  dropHref: string
}

/** A path or the end of one, whose end says most; a command line has blanks around its separators. */
const isPath = /^[^"\s]*[\\/]|^[a-z%*][^"]*\\[^"\\]*$/i

const partClass = 'h-6 rounded-sm px-1 hover:bg-hover'

/** One filter: its field, whether it leaves out, what it finds, and the way to drop it. */
export function FilterChip({ screen, name, excludes, value, filter, dropHref }: Props) {
  const router = useRouter()
  const [isEdited, setEdited] = useState(false)
  const editor = useRef<HTMLButtonElement>(null)
  const wasEdited = useRef(false)
  // Whoever leaves the field by a key is where they were before.
  useEffect(() => {
    if (!isEdited && wasEdited.current && document.activeElement === document.body) editor.current?.focus()
    wasEdited.current = isEdited
  }, [isEdited])
  const rewrite = (instead: string | null) => {
    if (filter !== undefined)
      router.push(rewrittenLink(screen, filter.field, filter.written, instead), { scroll: false })
  }
  const text = isPath.test(value) ? <PathText path={value} /> : <Logged text={value} />
  const words = `${name} ${excludes ? 'not ' : ''}${value}`
  return (
    <span className="flex h-6 max-w-100 min-w-0 items-center rounded bg-accent-soft pl-2 text-12">
      <span className="shrink-0 text-dim">{name}</span>
      {filter === undefined ? (
        <span className="min-w-0 truncate px-1 font-mono">{text}</span>
      ) : (
        <>
          <button
            type="button"
            aria-pressed={excludes}
            aria-label={`Leave out ${name} ${value}`}
            title={excludes ? 'Leaves out: press to keep only these' : 'Keeps only these: press to leave them out'}
            onClick={() => rewrite(negated(filter.written))}
            className={`${partClass} min-w-6 shrink-0 ${excludes ? 'font-semibold text-block-ink' : 'text-dim'}`}
          >
            {excludes ? 'not' : 'is'}
          </button>
          {isEdited ? (
            <ChipInput
              label={`Filter ${name}`}
              written={filter.written}
              onDone={(instead) => {
                setEdited(false)
                if (instead !== null && instead !== filter.written) rewrite(instead === '' ? null : instead)
              }}
            />
          ) : (
            <button
              ref={editor}
              type="button"
              aria-label={`Edit the filter ${words}`}
              onClick={() => setEdited(true)}
              className={`${partClass} min-w-6 truncate text-start font-mono`}
            >
              {text}
            </button>
          )}
        </>
      )}
      <NavLink
        href={dropHref}
        scroll={false}
        aria-label={`Drop the filter ${words}`}
        className="flex size-6 shrink-0 items-center justify-center rounded text-dim hover:bg-hover hover:text-ink"
      >
        <X aria-hidden className="size-3.5" />
      </NavLink>
    </span>
  )
}

/** The filter as it is written in the URL. Enter applies it, Escape and leaving the field keep what was there. */
function ChipInput({
  label,
  written,
  onDone,
}: {
  label: string
  written: string
  onDone: (instead: string | null) => void
}) {
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => input.current?.focus(), [])
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key !== 'Enter' && event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    onDone(event.key === 'Enter' ? event.currentTarget.value.trim() : null)
  }
  return (
    <input
      ref={input}
      aria-label={label}
      title="* matches any text, a leading ! leaves out, a leading = takes the rest literally"
      defaultValue={written}
      onFocus={({ currentTarget }) => currentTarget.select()}
      onKeyDown={press}
      onBlur={() => onDone(null)}
      autoComplete="off"
      spellCheck={false}
      className="field-sizing-content h-5 max-w-60 min-w-24 rounded-sm border border-control bg-ground px-1 font-mono text-ink"
    />
  )
}
