'use client'
import { fieldClass, labelClass } from '#components/ui/field.ts'

/** The host of logs that name none, such as the CSV of Event Viewer. */
export function DestField({ value, onChange }: { value: string; onChange: (dest: string) => void }) {
  return (
    <label className={labelClass}>
      Default host
      <input
        type="text"
        value={value}
        maxLength={255}
        autoComplete="off"
        spellCheck={false}
        onChange={({ target }) => onChange(target.value)}
        className={`${fieldClass} w-48`}
      />
    </label>
  )
}
