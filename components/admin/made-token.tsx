'use client'
import type { Scope } from '#lib/model/access.ts'
import { displayPath } from '#lib/params/hrefs.ts'
import { MadeSecret } from './made-secret.tsx'

export type Made = { scope: Scope; secret: string }

/** A token that was just made, and how it is used. */
export function MadeToken({ scope, secret, onDone }: Made & { onDone: () => void }) {
  const isDisplay = scope === 'display'
  const link = `${location.origin}${displayPath}#${secret}`
  return (
    <MadeSecret
      title="New token"
      secrets={[{ name: 'Token', text: secret }, ...(isDisplay ? [{ name: 'Link for the screen', text: link }] : [])]}
      onDone={onDone}
    >
      {isDisplay
        ? 'Open the link on the screen, or open /display there and paste the token. The token leaves the address at once. '
        : 'Send it in the header Authorization: Bearer, and keep it where only the program can read it. '}
      It is not stored and not shown again.
    </MadeSecret>
  )
}
