import type { NamedStackRow } from '#lib/model/stacks.ts'
import { countOf } from '#lib/text/number.ts'
import { Hints } from './hints.tsx'
import { modesOf } from './mode-bar.tsx'
import { dispositionWords, hintReasons } from './words.ts'

type Row = Pick<
  NamedStackRow,
  | 'blocked'
  | 'audited'
  | 'overridden'
  | 'changed'
  | 'hints'
  | 'mixedHints'
  | 'dispositions'
  | 'variants'
  | 'before'
  | 'events'
  | 'newHosts'
>

/** What to know about a stack: its hints, what its events differ in, what it merges, and how new it is. */
export function StackNotes({ row, hasSince }: { row: Row; hasSince: boolean }) {
  const { hints, mixedHints, dispositions, variants, before, events, newHosts } = row
  const differs = [
    ...(modesOf(row).length > 1 ? ['mode'] : []),
    ...(mixedHints ? ['hints'] : []),
    ...(dispositions.length > 1 ? ['disposition'] : []),
  ]
  const decided = dispositionWords(dispositions)
  const notes = [
    ...(decided === '' ? [] : [`Decided: ${decided}.`]),
    ...(differs.length === 0 ? [] : [`Its events differ in ${differs.join(', ')}.`]),
    ...(variants > 1 ? [`It merges ${countOf(variants, 'variant')}, listed below.`] : []),
    ...(hasSince
      ? [
          before === 0
            ? 'New: no event before.'
            : `${countOf(before, 'event')} before, ${countOf(events - before, 'event')} since; ${countOf(newHosts, 'new host')}.`,
        ]
      : []),
  ]
  if (notes.length === 0 && hints.length === 0) return null
  return (
    <ul className="flex flex-col gap-1 border-b border-line bg-sunken px-4 py-2 text-12">
      {hints.length > 0 && (
        <li>
          <Hints hints={hints} isMixed={mixedHints} />
          {hintReasons(hints).map((reason) => (
            <p key={reason} className="pl-4.5 text-dim">
              {reason}
            </p>
          ))}
        </li>
      )}
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  )
}
