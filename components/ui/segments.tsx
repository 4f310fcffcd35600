'use client'
import { Toggle } from '@base-ui/react/toggle'
import { ToggleGroup } from '@base-ui/react/toggle-group'
import type { ReactNode } from 'react'
import { cx } from './class.ts'
import { NavLink } from './nav-link.tsx'

const groupClass = 'inline-flex h-7 shrink-0 items-stretch rounded border border-line-strong p-px'
const segmentClass = (current: boolean): string =>
  cx(
    'flex min-w-6 shrink-0 items-center whitespace-nowrap gap-1.5 rounded-[4px] px-2 text-13 select-none max-sm:px-1.5 max-sm:text-12 [&_svg]:size-4',
    current ? 'bg-accent-soft font-medium text-ink' : 'text-dim hover:bg-hover hover:text-ink',
  )

export type Segment = { href: string; label: ReactNode; current: boolean }

/** A choice of a few views of the same screen, each a link. */
export function SegmentLinks({ label, segments }: { label: string; segments: Segment[] }) {
  return (
    <nav aria-label={label} className={groupClass}>
      {segments.map((segment) => (
        <NavLink
          key={segment.href}
          href={segment.href}
          scroll={false}
          aria-current={segment.current ? 'true' : undefined}
          className={segmentClass(segment.current)}
        >
          {segment.label}
        </NavLink>
      ))}
    </nav>
  )
}

type Choice<Value extends string> = { value: Value; label: ReactNode; name?: string }
type SegmentsProps<Value extends string> = {
  label: string
  value: Value
  choices: Choice<Value>[]
  onChange: (value: Value) => void
}

/** A choice of a few values that no URL carries. */
export function Segments<Value extends string>({ label, value, choices, onChange }: SegmentsProps<Value>) {
  return (
    <ToggleGroup
      aria-label={label}
      className={groupClass}
      value={[value]}
      onValueChange={([next]) => {
        const choice = choices.find((candidate) => candidate.value === next)
        if (choice !== undefined) onChange(choice.value)
      }}
    >
      {choices.map((choice) => (
        <Toggle
          key={choice.value}
          value={choice.value}
          aria-label={choice.name}
          className={segmentClass(choice.value === value)}
        >
          {choice.label}
        </Toggle>
      ))}
    </ToggleGroup>
  )
}
