'use client'
import { useSyncExternalStore } from 'react'
import { fieldClass, labelClass } from '#components/ui/field.ts'

const never = () => () => {}
let zones: readonly string[] | null = null
const onlyUtc: readonly string[] = ['UTC']

function allZones(): readonly string[] {
  if (zones === null) {
    const local = Intl.DateTimeFormat().resolvedOptions().timeZone
    zones = [...new Set(['UTC', local, ...Intl.supportedValuesOf('timeZone')])]
  }
  return zones
}

/** The zone of times in a log that name none. */
export function ZoneSelect({ value, onChange }: { value: string; onChange: (tz: string) => void }) {
  const choices = useSyncExternalStore(never, allZones, () => onlyUtc)
  return (
    <label className={labelClass}>
      Default time zone
      <select value={value} onChange={({ target }) => onChange(target.value)} className={`${fieldClass} w-48`}>
        {choices.map((zone) => (
          <option key={zone}>{zone}</option>
        ))}
      </select>
    </label>
  )
}
