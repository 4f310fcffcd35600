import { detectionKeys, detections } from '#lib/asr/detections.ts'
import { type Selected, selectedColumns } from '#lib/hunting/copy/selection.ts'
import { filterMacro } from '#lib/hunting/copy/spl-filter.ts'
import type { AppliedDecision, FieldPattern } from '#lib/hunting/decision.ts'
import { printable } from '#lib/log/printable.ts'
import { type Pattern, readPattern } from '#lib/params/pattern.ts'
import type { GroupPatterns } from '#lib/store/reads.ts'

/** Alternatives that a decision means in Splunk, or why it has none. */
type Alternatives = { selections: Selected[][] } | { why: string }

/** Alternatives that one decision can mean at most: they are the hosts of its scope times those of a group. */
const mostAlternatives = 1000

const host = ({ parts }: Pattern): Selected => ({
  column: 'dest',
  value: parts.join('*'),
  match: parts.length > 1 ? 'wildcard' : 'equals',
})

/** The patterns of a group as hosts. A host is of the first group that fits, which only that of the first group says by its patterns. */
function hostsOf({ value, isWildcard }: FieldPattern, groups: readonly GroupPatterns[]): Selected[] | string {
  const place = groups.findIndex(({ name }) => name.toLowerCase() === value?.toLowerCase())
  const group = groups[place]
  if (isWildcard || group === undefined) return 'A pattern of host groups cannot be said.'
  if (place > 0) return `Which hosts are of the group ${group.name} depends on the groups before it.`
  return group.patterns.map(host)
}

/** A decision as alternatives of equalities and patterns over fields. */
function alternativesOf({ patterns, scope }: AppliedDecision, groups: readonly GroupPatterns[]): Alternatives {
  const selected: Selected[] = []
  let hosts: Selected[][] = scope === null ? [[]] : scope.map((each) => [host(readPattern(each))])
  for (const pattern of patterns) {
    const { column, step, value, isWildcard } = pattern
    if (column === 'group') {
      const found = hostsOf(pattern, groups)
      if (typeof found === 'string') return { why: found }
      const alternatives = hosts.length * found.length
      if (alternatives > mostAlternatives) return { why: `It would be ${alternatives} alternatives.` }
      hosts = hosts.flatMap((before) => found.map((each) => [...before, each]))
      continue
    }
    if (step !== 'exact') return { why: `Splunk has no ${step} form of ${column}.` }
    const known = selectedColumns.find((each) => each === column)
    if (known === undefined) return { why: `Splunk's rows have no ${column}.` }
    selected.push({ column: known, value, match: isWildcard ? 'wildcard' : 'equals' })
  }
  return { selections: hosts.map((each) => [...each, ...selected]) }
}

const comment = (text: string): string => `# ${printable(text)}\n`

/**
 * Returns a macros.conf with the `_filter` macro of each detection, which leaves out what is known good. A comment names every decision
 * that a macro cannot contain, and why, and how many newer decisions may say otherwise about some rows: a macro has no exceptions.
 */
export function filterMacros(decisions: readonly AppliedDecision[], groups: readonly GroupPatterns[]): string {
  const good = decisions.filter(({ disposition }) => disposition === 'known-good')
  const oldest = decisions.findLastIndex(({ disposition }) => disposition === 'known-good')
  const others = new Set(
    decisions
      .slice(0, Math.max(oldest, 0))
      .flatMap(({ id, disposition }) => (disposition === 'known-good' ? [] : [id])),
  )
  const found = good.map((decision) => ({ id: decision.id, ...alternativesOf(decision, groups) }))
  const selections = found.flatMap((each) =>
    'selections' in each ? each.selections.map((of) => ({ id: each.id, of })) : [],
  )
  const unsaid = found.flatMap((each) =>
    'why' in each ? [comment(`Left out everywhere: ${each.id}. ${each.why}`)] : [],
  )
  const exceptions =
    others.size === 0
      ? []
      : [
          comment(
            `${others.size} newer decisions may say otherwise about some rows. Macros leave these rows out all the same.`,
          ),
        ]
  const macros = detectionKeys.map((key) => {
    const { text, leftOut } = filterMacro(
      key,
      selections.map(({ of }) => of),
    )
    const notes = leftOut.map(({ pattern, why }) => comment(`Left out: ${selections[pattern]?.id}. ${why}`))
    return `${comment(detections[key].search)}${[...new Set(notes)].join('')}${text}`
  })
  return [...exceptions, ...unsaid, ...macros].join('\n')
}
