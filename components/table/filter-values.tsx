'use client'
import { type KeyboardEvent, useRef } from 'react'
import { codes, type Feature, featureNames } from '#lib/asr/codes.ts'
import { anywhereWritten, literal } from '#lib/params/link.ts'
import type { FilterField, Params, TableName } from '#lib/params/params.ts'
import { countOf, countText } from '#lib/text/number.ts'
import { Logged } from './cells/logged.tsx'
import { NullValue } from './cells/null-value.tsx'
import type { RuleNames } from './table-context.ts'
import { useValues } from './use-values.ts'

type Props = {
  table: TableName
  /** The range and the filters, with what the screen is about. */
  params: Params
  field: FilterField
  find: string
  rules: RuleNames
  onPick: (written: string) => void
}

/** What a value means, if it is not a text that was logged as it is. */
function meaningOf(field: FilterField, value: string, rules: RuleNames): string | null {
  if (field === 'ID') return rules[value.toUpperCase()]?.short ?? null
  if (field === 'EventCode') return codes[Number(value)]?.meaning ?? null
  return field === 'feature' ? (featureNames[value as Feature] ?? null) : null
}

const itemClass =
  'flex min-h-7 w-full items-center gap-2 rounded-sm px-2 py-0.5 text-start hover:bg-hover focus-visible:bg-hover'

/** The values of a field, each a button that adds it as a filter. The arrow keys go through them. */
export function FilterValues({ table, params, field, find, rules, onPick }: Props) {
  const list = useRef<HTMLUListElement>(null)
  const { state, values } = useValues({ table, params, field, find })
  const move = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const buttons: (Element | null)[] = [...(list.current?.querySelectorAll('button') ?? [])]
    const at = buttons.indexOf(document.activeElement)
    const next = step === undefined ? null : buttons[at + step]
    if (!(next instanceof HTMLElement)) return
    event.preventDefault()
    next.focus()
  }
  // Rules, codes and features are found by their names, in which a filter does not look.
  const isSearched = find !== '' && !find.includes('*') && !['ID', 'EventCode', 'feature'].includes(field)
  return (
    <div aria-busy={state === 'waiting'} className="flex flex-col gap-1">
      <p role="status" className="text-12 text-dim">
        {state === 'waiting' && 'Counting values…'}
        {state === 'failed' && 'The values could not be counted. Type one, and add it.'}
        {values !== null &&
          (values.total > values.rows.length
            ? `The ${countText(values.rows.length)} most frequent of ${countText(values.total)} values`
            : countOf(values.total, 'value'))}
      </p>
      {/* Keeps its height, so that nothing moves under the pointer while other values are counted. */}
      <ul ref={list} aria-label={`Found in ${field}`} onKeyDown={move} className="h-56 overflow-y-auto">
        {isSearched && values !== null && values.total > 0 && (
          <li>
            <button type="button" className={itemClass} onClick={() => onPick(anywhereWritten(find))}>
              <span className="min-w-0 flex-1 truncate">
                contains <span className="font-mono text-12">{anywhereWritten(find)}</span>
              </span>
              <span className="figures text-12 text-dim">{countText(values.events)}</span>
            </button>
          </li>
        )}
        {values?.rows.map(({ value, count }) => {
          const meaning = meaningOf(field, value, rules)
          return (
            <li key={value}>
              <button type="button" title={value} className={itemClass} onClick={() => onPick(literal(value))}>
                <span className="line-clamp-2 min-w-0 flex-1 wrap-anywhere">
                  {meaning !== null && <span>{meaning} </span>}
                  <span className={meaning === null ? 'font-mono text-12' : 'font-mono text-12 text-dim'}>
                    {value === 'NULL' ? <NullValue /> : <Logged text={value} />}
                  </span>
                </span>
                <span className="figures text-12 text-dim">{countText(count)}</span>
              </button>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
