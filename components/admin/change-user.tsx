'use client'
import { useState } from 'react'
import { FormError } from '#components/account/form-error.tsx'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import type { Account } from '#lib/model/access.ts'
import { apiPaths } from '#lib/params/api-paths.ts'
import { RoleField } from './role-field.tsx'
import { useChange } from './use-change.ts'
import { type SentLink, sentLink, UserLink } from './user-link.tsx'

/** Changes a user: its role, whether it may sign in, and its password by a new one-time link. */
export function ChangeUser({ user, isOwn }: { user: Account; isOwn: boolean }) {
  const { id, name, origin, isDisabled } = user
  const [isOpen, setOpen] = useState(false)
  const [role, setRole] = useState(user.role)
  const [made, setMade] = useState<SentLink | null>(null)
  const { change, failure, isSending, forget, refresh } = useChange((data) => {
    const link = sentLink(data)
    setMade(link)
    if (link === null) setOpen(false)
    return link !== null
  })
  const close = () => {
    if (made !== null) refresh()
    setOpen(false)
    setMade(null)
    setRole(user.role)
    forget()
  }
  const put = (body: object, words: string) => change({ path: apiPaths.user(id), method: 'PUT', body, words })
  return (
    <>
      <Button
        look="quiet"
        aria-label={`Change ${name}`}
        className="justify-self-start max-sm:border max-sm:border-line-strong sm:-my-1"
        onClick={() => setOpen(true)}
      >
        Change
      </Button>
      <Dialog title={`Change ${name}`} isOpen={isOpen} onClose={close}>
        {made !== null ? (
          <UserLink {...made} onDone={close} />
        ) : (
          <div className="flex flex-col gap-4">
            <FormError message={failure} />
            {origin === 'oidc' ? (
              <p>The sign-in provider says the role ({user.role}) each time this user signs in.</p>
            ) : (
              <div className="flex flex-wrap items-end gap-2">
                <div className="min-w-0 flex-1">
                  <RoleField role={role} onChange={setRole} />
                </div>
                <Button
                  disabled={isSending || role === user.role}
                  onClick={() => put({ role }, `${name} has the role ${role}`)}
                >
                  Save
                </Button>
              </div>
            )}
            {isOwn && (
              <p className="text-dim">This is your own account: a lower role or a reset signs you out of this page.</p>
            )}
            {origin !== 'proxy' && (
              <Part
                words={
                  origin === 'oidc'
                    ? 'Ends every session and nothing else: the user can sign in again with the provider right away. To keep them out, disable the user.'
                    : 'Takes away password, authenticator app, passkeys and sessions, and makes a one-time link that sets a new password.'
                }
                button="Reset"
                isDisabled={isSending}
                act={() => change({ path: apiPaths.userLink(id), method: 'POST', words: `${name} is reset` })}
              />
            )}
            <Part
              words={
                isDisabled
                  ? 'Lets this user sign in again.'
                  : 'Ends every session and does not let this user sign in. What the user did stays. Tokens are not of users, and stay valid.'
              }
              button={isDisabled ? 'Enable' : 'Disable'}
              isDanger={!isDisabled}
              isDisabled={isSending}
              act={() => put({ isDisabled: !isDisabled }, `${name} is ${isDisabled ? 'enabled' : 'disabled'}`)}
            />
          </div>
        )}
      </Dialog>
    </>
  )
}

type PartProps = { words: string; button: string; isDanger?: boolean; isDisabled: boolean; act: () => void }

function Part({ words, button, isDanger = false, isDisabled, act }: PartProps) {
  return (
    <div className="flex items-start justify-between gap-4 border-t border-line pt-3">
      <p>{words}</p>
      <Button look={isDanger ? 'danger' : 'plain'} disabled={isDisabled} onClick={act}>
        {button}
      </Button>
    </div>
  )
}
