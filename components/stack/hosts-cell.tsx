'use client'
import { createContext, useContext } from 'react'
import { countText } from '#lib/text/number.ts'
import type { StackCells, Sums } from './stack-cells.ts'

const Context = createContext<Sums>({ reportingHosts: 0 })
export const SumsProvider = Context.Provider

/** The hosts of a stack of all that reported anything, with a bar as long as their share. */
export function HostsCell({ row }: { row: StackCells }) {
  const { reportingHosts } = useContext(Context)
  // Something is never drawn as nothing.
  const width = Math.max(2, row.share * 100)
  return (
    <span className="figures">
      {countText(row.hosts)}
      <span className="text-dim">
        <span className="sr-only"> of</span> <span aria-hidden>/</span> {countText(reportingHosts)}
      </span>
      <svg
        aria-hidden
        viewBox="0 0 100 2"
        preserveAspectRatio="none"
        className="pointer-events-none absolute inset-x-2 bottom-0 h-0.5 w-[calc(100%-16px)] max-sm:hidden"
      >
        <rect x={100 - width} width={width} height="2" className="fill-control" />
      </svg>
    </span>
  )
}
