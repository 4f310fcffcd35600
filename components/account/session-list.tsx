'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { announce } from '#components/ui/announce.ts'
import { Button } from '#components/ui/button.tsx'
import type { Session } from '#lib/model/access.ts'
import { apiPaths } from '#lib/params/api-paths.ts'
import { timeText } from '#lib/text/time.ts'
import { visibleText } from '#lib/text/visible.ts'
import { FormError } from './form-error.tsx'
import { send } from './send.ts'

const methods: Record<Session['method'], string> = {
  password: 'password',
  link: 'one-time link',
  oidc: 'sign-in provider',
  passkey: 'passkey',
}

type Props = { sessions: Session[]; current: string | null; tz: string }

/** The sessions of the account, each with where it was begun, and the way to end it. */
export function SessionList({ sessions, current, tz }: Props) {
  const router = useRouter()
  const [failure, setFailure] = useState<string | null>(null)
  const end = async (path: string) => {
    const sent = await send(path, 'DELETE')
    setFailure(sent.failure)
    if (sent.failure !== null) return
    announce('The session has ended.')
    router.refresh()
  }
  return (
    <section aria-labelledby="sessions" className="flex flex-col gap-3">
      <h2 id="sessions" className="text-15 font-semibold">
        Sessions
      </h2>
      <FormError message={failure} />
      <ul className="flex flex-col">
        {sessions.map(({ id, method, address, agent, createdAt, usedAt }) => (
          <li key={id} className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1 border-t border-line py-2">
            <div className="min-w-0 flex-1 basis-64">
              <p className="wrap-anywhere">
                {visibleText(agent) || 'Unknown browser'}
                {id === current && <strong> (this browser)</strong>}
              </p>
              <p className="text-12 text-dim">
                From {visibleText(address)} by {methods[method]} · begun {timeText(createdAt, tz)} · last used{' '}
                {timeText(usedAt, tz)}
              </p>
            </div>
            {id !== current && (
              <Button
                aria-label={`End the session from ${visibleText(address)}`}
                onClick={() => end(apiPaths.ownSession(id))}
              >
                End
              </Button>
            )}
          </li>
        ))}
      </ul>
      {sessions.length > 1 && (
        <div>
          <Button onClick={() => end(apiPaths.ownSessions)}>End all other sessions</Button>
        </div>
      )}
    </section>
  )
}
