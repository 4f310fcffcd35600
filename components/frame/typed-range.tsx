'use client'
import { useRouter } from 'next/navigation'
import { type SubmitEvent, useId, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { cx } from '#components/ui/class.ts'
import { fieldClass, labelClass } from '#components/ui/field.ts'
import { type Screen, screenHref } from '#lib/params/screen.ts'
import { timeText } from '#lib/text/time.ts'
import { typedTime } from '#lib/text/typed-time.ts'

/** Two times typed in the zone of the screen; both ends belong to the range, and either may be left open. */
export function TypedRange({ screen, onDone }: { screen: Screen; onDone: () => void }) {
  const router = useRouter()
  const [wrong, setWrong] = useState('')
  const { from, to, tz } = screen.params
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const [start, end] = [String(form.get('from')).trim(), String(form.get('to')).trim()]
    const next = {
      from: start === '' ? null : typedTime(start, tz, 'start'),
      to: end === '' ? null : typedTime(end, tz, 'end'),
    }
    if ((start !== '' && next.from === null) || (end !== '' && next.to === null)) {
      setWrong('Write a time as 2026-11-20 16:29:48, or a date.')
    } else if (next.from !== null && next.to !== null && next.from > next.to) {
      setWrong('The range ends before it begins.')
    } else {
      router.push(screenHref(screen, { ...next, last: null }), { scroll: false })
      onDone()
    }
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-2 border-t border-line pt-3">
      <TimeField name="from" label={`From (${tz})`} value={from === null ? '' : timeText(from, tz)} />
      <TimeField name="to" label={`To (${tz})`} value={to === null ? '' : timeText(to, tz)} />
      {wrong !== '' && (
        <p role="alert" className="text-12 text-block-ink">
          {wrong}
        </p>
      )}
      <Button type="submit" look="primary" className="self-end">
        Show this range
      </Button>
    </form>
  )
}

function TimeField({ name, label, value }: { name: string; label: string; value: string }) {
  const id = useId()
  return (
    <label htmlFor={id} className={labelClass}>
      {label}
      <input
        id={id}
        name={name}
        defaultValue={value}
        placeholder="2026-11-20 16:29:48"
        autoComplete="off"
        className={cx(fieldClass, 'font-mono')}
      />
    </label>
  )
}
