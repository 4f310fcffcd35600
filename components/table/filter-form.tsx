'use client'
import { useRouter } from 'next/navigation'
import { type KeyboardEvent, type SubmitEvent, useId, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { cx } from '#components/ui/class.ts'
import { fieldClass, labelClass } from '#components/ui/field.ts'
import { PopoverPopup } from '#components/ui/popover.tsx'
import { usePopup } from '#components/ui/popup.tsx'
import { mostValues, valuesProblem } from '#lib/params/limits.ts'
import { type FilterField, filterFields, type Params } from '#lib/params/params.ts'
import { type Screen, screenHref } from '#lib/params/screen.ts'
import { FilterValues } from './filter-values.tsx'
import type { RuleNames } from './table-context.ts'

const isField = (text: string): text is FilterField => filterFields.some((field) => field === text)

type Props = {
  screen: Screen
  /** The range and the filters of the rows, with what the screen is about. */
  params: Params
  rules: RuleNames
}

/** The form that adds a filter to the screen. */
export function FilterForm(props: Props) {
  const { setOpen } = usePopup()
  return (
    <PopoverPopup title="Add a filter" className="w-110">
      <Fields {...props} onAdded={() => setOpen(false)} />
    </PopoverPopup>
  )
}

/** A field, whether to keep or leave out, and what: one of the values that the field has, or a text that is typed. */
function Fields({ screen, params, rules, onAdded }: Props & { onAdded: () => void }) {
  const router = useRouter()
  const id = useId()
  const [field, setField] = useState<FilterField>('Process_Name')
  const [excludes, setExcludes] = useState(false)
  const [text, setText] = useState('')
  const { filters } = screen.params
  const add = (value: string) => {
    const written = excludes ? `!${value}` : value
    const kept = (filters[field] ?? []).filter((other) => other !== written)
    router.push(screenHref(screen, { filters: { ...filters, [field]: [...kept, written] } }), { scroll: false })
    onAdded()
  }
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (text.trim() !== '') add(text.trim())
  }
  const toValues = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key !== 'ArrowDown') return
    event.preventDefault()
    event.currentTarget.form?.querySelector<HTMLElement>('ul button')?.focus()
  }
  if (valuesProblem({ ...filters, [field]: [...(filters[field] ?? []), ''] }) !== null)
    return <p>A link can have {mostValues} filter values, and this one has them. Remove one first.</p>
  return (
    <form onSubmit={submit} className="flex flex-col gap-2">
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
          <select
            value={excludes ? 'yes' : 'no'}
            onChange={({ target }) => setExcludes(target.value === 'yes')}
            className={fieldClass}
          >
            <option value="no">with it</option>
            <option value="yes">without it</option>
          </select>
        </label>
      </div>
      <label htmlFor={id} className={labelClass}>
        Value
      </label>
      <div className="flex gap-2">
        <input
          id={id}
          value={text}
          onChange={({ target }) => setText(target.value)}
          onKeyDown={toValues}
          autoComplete="off"
          spellCheck={false}
          placeholder="Search, or *\MsSense.exe"
          className={cx(fieldClass, 'flex-1 font-mono')}
        />
        <Button type="submit" look="primary">
          Add
        </Button>
      </div>
      <FilterValues table={screen.table} params={params} field={field} find={text.trim()} rules={rules} onPick={add} />
      <p className="text-12 text-dim">
        <code>*</code> matches any text, <code>NULL</code> matches fields without a value. Case is ignored.
      </p>
    </form>
  )
}
