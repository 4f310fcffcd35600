'use client'
import type { MadeUser } from '#lib/model/access.ts'
import { setUpHref } from '#lib/params/hrefs.ts'
import { MadeSecret } from './made-secret.tsx'

/** What the server answers when it makes a one-time link. */
export type SentLink = { name: string; link: NonNullable<MadeUser['link']>['secret'] }

/** The link of a server's answer about a user; null if it made none. */
export function sentLink(data: unknown): SentLink | null {
  const { account, link } = data as { account: { name: string }; link: { secret: string } | null }
  return link === null ? null : { name: account.name, link: link.secret }
}

/** A one-time link, shown once, for its user. */
export function UserLink({ name, link, onDone }: SentLink & { onDone: () => void }) {
  return (
    <MadeSecret
      title="One-time link"
      secrets={[{ name: 'One-time link', text: `${location.origin}${setUpHref(link)}` }]}
      onDone={onDone}
    >
      Send this link to <strong className="wrap-anywhere">{name}</strong> on a way that only this person reads. It works
      once, for 24 hours, and sets the password. It is not shown again; a new one can be made at any time.
    </MadeSecret>
  )
}
