'use client'
import { useId } from 'react'
import { fieldClass } from '#components/ui/field.ts'
import type { By } from '#lib/hunting/definition.ts'
import { visibleText } from '#lib/text/visible.ts'
import { stepNames } from './decision-words.ts'
import { type FieldChoice, type StackValues, stepsFrom } from './draft.ts'

type Props = {
  by: By
  place: number
  stacks: readonly StackValues[]
  choice: FieldChoice
  onChange: (choice: FieldChoice) => void
}

const optionOf = (choice: FieldChoice): string => (choice.kind === 'value' ? choice.step : choice.kind)

/** What a decision demands of one field of the stacks. */
export function FieldChoiceRow({ by, place, stacks, choice, onChange }: Props) {
  const id = useId()
  const values = [...new Set(stacks.map(({ values }) => values[place] ?? null))]
  const [first = null] = values
  const shown = first === null ? 'NULL' : visibleText(first)
  const choose = (option: string) => {
    if (option === 'any') return onChange({ kind: 'any' })
    if (option === 'pattern') return onChange({ kind: 'pattern', text: first ?? '' })
    const step = stepsFrom(by).find((each) => each === option)
    if (step !== undefined) onChange({ kind: 'value', step })
  }
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 gap-y-1 border-b border-line py-1.5 max-sm:grid-cols-1">
      <div className="min-w-0">
        <label htmlFor={id} className="text-12 text-dim">
          {by.column}
        </label>
        {choice.kind === 'pattern' ? (
          <input
            aria-label={`Pattern of ${by.column}`}
            value={choice.text}
            onChange={({ target }) => onChange({ kind: 'pattern', text: target.value })}
            className={`${fieldClass} w-full font-mono`}
          />
        ) : (
          <p
            title={shown}
            className={`line-clamp-3 wrap-anywhere font-mono text-12 ${choice.kind === 'any' ? 'text-dim line-through' : ''} ${first === null ? 'italic' : ''}`}
          >
            {values.length === 1 ? shown : `${values.length} different values`}
          </p>
        )}
      </div>
      <select id={id} value={optionOf(choice)} onChange={({ target }) => choose(target.value)} className={fieldClass}>
        {stepsFrom(by).map((step) => (
          <option key={step} value={step}>
            {values.length === 1 ? stepNames[step] : stepNames[step].replace('this value', 'each value')}
          </option>
        ))}
        <option value="pattern">a pattern with *</option>
        <option value="any">any value</option>
      </select>
    </div>
  )
}
