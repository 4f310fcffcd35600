'use client'
import { Plus } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { type SubmitEvent, useId, useState } from 'react'
import { Button, buttonClass } from '#components/ui/button.tsx'
import { cx } from '#components/ui/class.ts'
import { fieldClass, labelClass } from '#components/ui/field.ts'
import { Popover, PopoverPopup } from '#components/ui/popover.tsx'
import { codes, featureNames } from '#lib/asr/codes.ts'
import { type FilterField, filterFields } from '#lib/params/params.ts'
import { type Screen, screenHref } from '#lib/params/screen.ts'
import type { RuleNames } from './table-context.ts'

type Option = { value: string; name: string }

// Fields whose values are few enough to choose from.
function optionsOf(field: FilterField, rules: RuleNames): Option[] | null {
  if (field === 'ID') return Object.entries(rules).map(([value, { short }]) => ({ value, name: short }))
  if (field === 'EventCode')
    return Object.entries(codes).map(([value, { meaning }]) => ({ value, name: `${value} ${meaning}` }))
  if (field === 'feature') return Object.entries(featureNames).map(([value, name]) => ({ value, name }))
  return null
}

const isField = (text: string): text is FilterField => filterFields.some((field) => field === text)

/** A small form that adds one filter to the screen: a field, whether to keep or leave out, and what. */
export function AddFilter({ screen, rules }: { screen: Screen; rules: RuleNames }) {
  const router = useRouter()
  const id = useId()
  const [isOpen, setOpen] = useState(false)
  const [field, setField] = useState<FilterField>('Process_Name')
  const options = optionsOf(field, rules)
  const add = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const value = String(form.get('value')).trim()
    if (value === '') return
    const written = form.get('excludes') === 'yes' ? `!${value}` : value
    const { filters } = screen.params
    const kept = (filters[field] ?? []).filter((other) => other !== written)
    router.push(screenHref(screen, { filters: { ...filters, [field]: [...kept, written] } }), { scroll: false })
    setOpen(false)
  }
  return (
    <Popover.Root open={isOpen} onOpenChange={setOpen}>
      <Popover.Trigger className={buttonClass('quiet', 'h-6 text-12')}>
        <Plus aria-hidden className="text-dim" />
        Filter
      </Popover.Trigger>
      <PopoverPopup title="Add a filter" className="w-80">
        <form onSubmit={add} className="flex flex-col gap-2">
          <div className="flex gap-2">
            <label className={cx(labelClass, 'flex-1')}>
              Field
              <select
                value={field}
                onChange={({ target }) => isField(target.value) && setField(target.value)}
                className={fieldClass}
              >
                {filterFields.map((name) => (
                  <option key={name}>{name}</option>
                ))}
              </select>
            </label>
            <label className={labelClass}>
              Rows
              <select name="excludes" className={fieldClass}>
                <option value="no">with it</option>
                <option value="yes">without it</option>
              </select>
            </label>
          </div>
          <label htmlFor={id} className={labelClass}>
            Value
            {options === null ? (
              <input
                key={field}
                id={id}
                name="value"
                autoComplete="off"
                placeholder="*\MsSense.exe"
                className={cx(fieldClass, 'font-mono')}
              />
            ) : (
              <select key={field} id={id} name="value" className={fieldClass}>
                {options.map(({ value, name }) => (
                  <option key={value} value={value}>
                    {name}
                  </option>
                ))}
              </select>
            )}
          </label>
          {options === null && (
            <p className="text-12 text-dim">
              <code>*</code> matches anything, <code>NULL</code> what was not logged; case does not count.
            </p>
          )}
          <Button type="submit" look="primary" className="self-end">
            Add
          </Button>
        </form>
      </PopoverPopup>
    </Popover.Root>
  )
}
