'use client'
import { ClipboardCopy, X } from 'lucide-react'
import { useEffect, useEffectEvent, useState } from 'react'
import { DecideButton, type Decided } from '#components/decide/decide-button.tsx'
import { announce } from '#components/ui/announce.ts'
import { Button } from '#components/ui/button.tsx'
import { copyText } from '#components/ui/copy.ts'
import type { ViewUploads } from '#lib/params/view.ts'
import { countOf } from '#lib/text/number.ts'
import { copiedRows, fetchUploads, markdownOf, tsvText } from './copy-rows.ts'
import type { RawRows } from './raw-rows.ts'
import { useTableContext } from './table-context.ts'

type Props = {
  /** What the rows are rows of. */
  title: string
  count: number
  /** The rows that are selected. */
  rows: () => RawRows
  /** What they can be decided by; null if they cannot be. */
  decided: Decided | null
  onClear: () => void
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('input, textarea, dialog') !== null

/** How many rows are selected, and what can be done with them. The browser's own copy copies them if no text is marked. */
export function SelectionBar({ title, count, rows, decided, onClear }: Props) {
  const context = useTableContext()
  const [uploads, setUploads] = useState<ViewUploads | null>(null)
  useEffect(() => {
    void fetchUploads().then(setUploads)
  }, [])
  const copied = () => copiedRows(title, rows(), context, uploads)
  const done = `${countOf(count, 'row')} copied`
  const copy = useEffectEvent((event: ClipboardEvent) => {
    if (isTyping(event.target) || String(window.getSelection()) !== '') return
    event.clipboardData?.setData('text/plain', tsvText(copied()))
    event.preventDefault()
    announce(done)
  })
  useEffect(() => {
    const hear = (event: ClipboardEvent) => copy(event)
    document.addEventListener('copy', hear)
    return () => document.removeEventListener('copy', hear)
  }, [])
  return (
    <>
      <Button onClick={() => copyText(tsvText(copied()), done)}>
        <ClipboardCopy aria-hidden />
        Copy as TSV
      </Button>
      <Button onClick={() => copyText(markdownOf(copied()), `${done} as Markdown`)}>
        <ClipboardCopy aria-hidden />
        Copy as Markdown
      </Button>
      {decided !== null && <DecideButton {...decided} />}
      <Button look="quiet" onClick={onClear}>
        <X aria-hidden />
        Clear
      </Button>
    </>
  )
}
