import type { ReactNode } from 'react'
import type { Passkey } from '#lib/model/passkeys.ts'
import { timeText } from '#lib/text/time.ts'
import { visibleText } from '#lib/text/visible.ts'
import { RemovePasskey } from './passkey-forms.tsx'

/** The passkeys of the account, each with the way to remove it. `children`: the way to add one, or why there is none. */
export function PasskeyList({ passkeys, tz, children }: { passkeys: Passkey[]; tz: string; children: ReactNode }) {
  return (
    <section aria-labelledby="passkeys" className="flex flex-col gap-3">
      <h2 id="passkeys" tabIndex={-1} className="text-15 font-semibold outline-none">
        Passkeys
      </h2>
      <p>
        With a passkey you sign in without a name, password or code: your device checks that it is you. A passkey works
        for one name of this server only, so no other site can ask for it.
      </p>
      {passkeys.length > 0 && (
        <ul className="flex flex-col">
          {passkeys.map(({ id, name, host, createdAt, usedAt }) => (
            <li
              key={id}
              className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 border-t border-line py-2"
            >
              <div className="min-w-0 flex-1 basis-64">
                <p className="wrap-anywhere">{visibleText(name)}</p>
                <p className="text-12 text-dim">
                  For {visibleText(host)} · added {timeText(createdAt, tz)} ·{' '}
                  {usedAt === null ? 'never used' : `last used ${timeText(usedAt, tz)}`}
                </p>
              </div>
              <RemovePasskey id={id} name={visibleText(name)} />
            </li>
          ))}
        </ul>
      )}
      {children}
    </section>
  )
}
