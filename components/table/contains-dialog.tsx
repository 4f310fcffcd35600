'use client'
import { useRouter } from 'next/navigation'
import { type SubmitEvent, useEffect, useRef, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { cx } from '#components/ui/class.ts'
import { Dialog } from '#components/ui/dialog.tsx'
import { fieldClass, labelClass } from '#components/ui/field.ts'
import { anywhereWritten } from '#lib/params/link.ts'
import type { FilteredField } from '#lib/params/params.ts'
import { containsLink, type Screen } from '#lib/params/screen.ts'

/** The field that is to contain a text, and the text that it is chosen from. */
export type Asked = { field: FilteredField; text: string }

/** The part of a text that is most often looked for elsewhere: the file name of a path, the first label of a host, else all of it. */
function partOf({ field, text }: Asked): string {
  if (field === 'dest') return text.split('.')[0] || text
  return /^[^"\s]*[\\/]/.test(text)
    ? text.slice(Math.max(text.lastIndexOf('\\'), text.lastIndexOf('/')) + 1) || text
    : text
}

/** Asks for the text that a field is to contain, or not to contain. */
export function ContainsDialog({ screen, asked, onClose }: { screen: Screen; asked: Asked; onClose: () => void }) {
  const router = useRouter()
  const [text, setText] = useState(() => partOf(asked))
  const [excludes, setExcludes] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => input.current?.focus(), [])
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (text === '') return
    const written = anywhereWritten(text)
    router.push(containsLink(screen, asked.field, excludes ? `!${written}` : written), { scroll: false })
    onClose()
  }
  return (
    <Dialog title={`${asked.field} contains`} isOpen onClose={onClose}>
      <form onSubmit={submit} className="flex flex-col gap-3">
        <label className={labelClass}>
          Text
          <input
            ref={input}
            value={text}
            onChange={({ target }) => setText(target.value)}
            onFocus={({ currentTarget }) => currentTarget.select()}
            autoComplete="off"
            spellCheck={false}
            className={cx(fieldClass, 'font-mono')}
          />
        </label>
        <label className="flex min-h-6 items-center gap-2">
          <input
            type="checkbox"
            checked={excludes}
            onChange={({ target }) => setExcludes(target.checked)}
            className="size-4 accent-accent"
          />
          Leave out the rows that contain it
        </label>
        <p className="text-12 text-dim">
          <code>*</code> matches any text. Case is ignored.
        </p>
        <div className="flex gap-2">
          <Button type="submit" look="primary">
            Apply
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </div>
      </form>
    </Dialog>
  )
}
