'use client'
import { Link2 } from 'lucide-react'
import { copyText } from '#components/ui/copy.ts'
import { IconButton } from '#components/ui/icon-button.tsx'
import { useShortcut } from './shortcuts.ts'

/**
 * Copies a link to what is on screen. `pinned` is this view with its relative range made absolute, so that whoever opens
 * it later sees the same rows; the row that is open goes with it.
 */
export function CopyLink({ pinned }: { pinned: string }) {
  const copy = () => {
    const link = new URL(pinned, window.location.origin)
    const open = new URLSearchParams(window.location.search).get('open')
    if (open !== null) link.searchParams.set('open', open)
    return copyText(link.href, 'Link copied')
  }
  useShortcut('l', copy)
  return (
    <IconButton label="Copy link" shortcut="l" onClick={copy}>
      <Link2 aria-hidden />
    </IconButton>
  )
}
