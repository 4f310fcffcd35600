import { type FilteredField, filterFields, type Params, stackFilterFields } from '#lib/params/params.ts'
import { filterWords } from '#lib/params/pattern.ts'
import { type Screen, screenHref, valuesOf, withFilter } from '#lib/params/screen.ts'
import { FilterChip } from './filter-chip.tsx'
import type { RuleNames } from './table-context.ts'

export type Chip = {
  key: string
  name: string
  excludes: boolean
  value: string
  without: Partial<Params>
  /** The filter as its URL has it, if it is one that can be written differently. */
  filter?: { field: FilteredField; written: string }
}

/** Every filter of a screen, each with the change that drops it. */
export function chipsOf(params: Params, rules: RuleNames): Chip[] {
  const fields = [...filterFields, ...stackFilterFields].flatMap((field: FilteredField) =>
    valuesOf(params, field).map((written, index, all) => {
      const { excludes, value } = filterWords(written)
      const rest = all.filter((_, other) => other !== index)
      const shown = field === 'ID' ? (rules[value.toUpperCase()]?.short ?? value) : value
      return {
        key: `${field}=${written}`,
        name: field,
        excludes,
        value: shown,
        without: withFilter(params, field, rest),
        filter: { field, written },
      }
    }),
  )
  const text =
    params.q === null ? [] : [{ key: 'q', name: 'text', excludes: false, value: params.q, without: { q: null } }]
  const stack =
    params.stack === null
      ? []
      : [{ key: 'stack', name: 'stack', excludes: false, value: params.stack, without: { stack: null } }]
  const dropped =
    params.faithful === null
      ? []
      : [
          {
            key: 'faithful',
            name: "Splunk's grouping",
            excludes: false,
            value: params.faithful === 1 ? 'shows it' : 'drops it',
            without: { faithful: null },
          },
        ]
  const weakened =
    params.weakened === null
      ? []
      : [
          {
            key: 'weakened',
            name: 'change',
            excludes: false,
            value: 'weakened protection',
            without: { weakened: null },
          },
        ]
  return [...fields, ...text, ...stack, ...dropped, ...weakened]
}

/** The filters of a screen: each can be dropped, turned round and written differently where it is. */
export function FilterChips({ screen, chips }: { screen: Screen; chips: Chip[] }) {
  if (chips.length === 0) return null
  return (
    <ul aria-label="Filters" className="flex min-w-0 flex-wrap gap-1 max-sm:basis-full">
      {chips.map(({ key, name, excludes, value, without, filter }) => (
        <li key={key} className="flex min-w-0">
          <FilterChip
            screen={screen}
            name={name}
            excludes={excludes}
            value={value}
            filter={filter}
            dropHref={screenHref(screen, without)}
          />
        </li>
      ))}
    </ul>
  )
}
