'use client'
import { ChevronDown, ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { announce } from '#components/ui/announce.ts'
import { copyText } from '#components/ui/copy.ts'
import { MenuItem, MenuToggle } from '#components/ui/menu.tsx'
import type { CopyForm } from '#lib/hunting/copy/forms.ts'
import { selectedFields } from './selected-fields.ts'
import { useTableContext } from './table-context.ts'

/** Copies what finds the events of a row in another tool. The forms are loaded when the entry is opened. */
export function CopyAs({ record }: { record: Record<string, unknown> }) {
  const { detection, screen } = useTableContext()
  const [forms, setForms] = useState<readonly CopyForm[] | null>(null)
  const { fields, from, to } = selectedFields(record, detection, screen.table === 'stack' ? screen.params.by : null)
  const open = async () => {
    try {
      setForms((await import('#lib/hunting/copy/forms.ts')).copyForms)
    } catch {
      // The chunk is gone, as after an update of the server.
      announce('This could not be loaded. Reload the page.')
    }
  }
  const copy = async ({ name, copy }: CopyForm) => {
    const { selectionOf } = await import('#lib/hunting/copy/selection.ts')
    const selection = selectionOf(fields, from, to)
    const copied = 'refused' in selection ? selection : copy(selection)
    if ('refused' in copied) announce(copied.refused)
    else await copyText(copied.text, `Copied as ${name}`)
  }
  if (fields.length === 0) return null
  return (
    <>
      <MenuToggle isOpen={forms !== null} onClick={() => (forms === null ? void open() : setForms(null))}>
        {forms === null ? <ChevronRight aria-hidden /> : <ChevronDown aria-hidden />}
        Copy as…
      </MenuToggle>
      {forms?.map((form) => (
        <MenuItem key={form.key} onClick={() => void copy(form)}>
          <span className="w-4" />
          {form.name}
        </MenuItem>
      ))}
    </>
  )
}
