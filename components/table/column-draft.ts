'use client'
import { useEffect, useState } from 'react'
import type { Screen } from '#lib/params/screen.ts'

/** Columns that are being arranged: values of `cols` and `pin` that are not in the URL yet. */
export type ColumnDraft = { cols: string | null; pin: string | null }

const event = 'asr-hunt:columns'

/** Shows columns in the table of the page as they are being arranged, without a question to the server. */
export const showDraft = (draft: ColumnDraft): boolean =>
  window.dispatchEvent(new CustomEvent<ColumnDraft>(event, { detail: draft }))

/** Returns the screen with the columns that are being arranged. They count until the screen is another one. */
export function useDrafted(screen: Screen): Screen {
  const [draft, setDraft] = useState<{ of: Screen; columns: ColumnDraft } | null>(null)
  useEffect(() => {
    const hear = (heard: Event) => {
      if (heard instanceof CustomEvent) setDraft({ of: screen, columns: heard.detail as ColumnDraft })
    }
    window.addEventListener(event, hear)
    return () => window.removeEventListener(event, hear)
  }, [screen])
  if (draft?.of !== screen) return screen
  const { cols, pin } = draft.columns
  const { cols: _, pin: __, ...own } = screen.own
  return { ...screen, own: { ...own, ...(cols === null ? {} : { cols }), ...(pin === null ? {} : { pin }) } }
}
