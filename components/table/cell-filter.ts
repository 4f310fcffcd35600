import { type Screen, screenHref } from '#components/frame/screen.ts'
import { excluding, literal } from '#lib/params/link.ts'
import type { FilterField } from '#lib/params/params.ts'

/** Links that narrow a table to a value, or leave it out. What was asked of the field before gives way to "only". */
export function filterLinks(screen: Screen, field: FilterField, value: string): { only: string; not: string } {
  const { filters } = screen.params
  const others = (filters[field] ?? []).filter((written) => written !== literal(value))
  return {
    only: screenHref(screen, { filters: { ...filters, [field]: [literal(value)] } }),
    not: screenHref(screen, { filters: { ...filters, [field]: [...others, excluding(value)] } }),
  }
}
