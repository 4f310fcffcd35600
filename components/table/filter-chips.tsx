import { X } from 'lucide-react'
import { NavLink } from '#components/ui/nav-link.tsx'
import { filterFields, type Params } from '#lib/params/params.ts'
import { filterWords } from '#lib/params/pattern.ts'
import { type Screen, screenHref } from '#lib/params/screen.ts'
import { Logged } from './cells/logged.tsx'
import { PathText } from './cells/path-text.tsx'
import type { RuleNames } from './table-context.ts'

export type Chip = { key: string; name: string; excludes: boolean; value: string; without: Partial<Params> }

/** Every filter of a screen, each with the change that drops it. */
export function chipsOf(params: Params, rules: RuleNames): Chip[] {
  const fields = filterFields.flatMap((field) =>
    (params.filters[field] ?? []).map((written, index, all) => {
      const { excludes, value } = filterWords(written)
      const rest = all.filter((_, other) => other !== index)
      const filters = { ...params.filters, [field]: rest }
      const shown = field === 'ID' ? (rules[value.toUpperCase()]?.short ?? value) : value
      return { key: `${field}=${written}`, name: field, excludes, value: shown, without: { filters } }
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

/** A path or the end of one, whose end says most; a command line has blanks around its separators. */
const isPath = /^[^"\s]*[\\/]|^[a-z%*][^"]*\\[^"\\]*$/i

/** The filters of a screen, each a link that drops it. */
export function FilterChips({ screen, chips }: { screen: Screen; chips: Chip[] }) {
  if (chips.length === 0) return null
  return (
    <ul aria-label="Filters" className="flex min-w-0 flex-wrap gap-1 max-sm:basis-full">
      {chips.map(({ key, name, excludes, value, without }) => (
        <li key={key} className="min-w-0">
          <NavLink
            href={screenHref(screen, without)}
            scroll={false}
            className="group/chip flex h-6 max-w-80 items-center gap-1.5 rounded bg-accent-soft pr-1 pl-2 text-12 hover:bg-hover"
          >
            <span className="sr-only">Drop the filter </span>
            <span className="shrink-0 text-dim">{name}</span>
            {excludes && <span className="shrink-0 font-semibold text-block-ink">not</span>}
            <span className="min-w-0 truncate font-mono">
              {isPath.test(value) ? <PathText path={value} /> : <Logged text={value} />}
            </span>
            <X aria-hidden className="size-3.5 shrink-0 text-dim group-hover/chip:text-ink" />
          </NavLink>
        </li>
      ))}
    </ul>
  )
}
