'use client'
import { UserPlus } from 'lucide-react'
import { useState } from 'react'
import { FormError } from '#components/account/form-error.tsx'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { fieldClass, labelClass } from '#components/ui/field.ts'
import type { Role } from '#lib/model/access.ts'
import { apiPaths } from '#lib/params/api-paths.ts'
import { RoleField } from './role-field.tsx'
import { useChange } from './use-change.ts'
import { type SentLink, sentLink, UserLink } from './user-link.tsx'

type Origin = 'local' | 'proxy'

/** Adds a user, and shows the one-time link that sets its password. The first user is an administrator. */
export function AddUser({ isFirst }: { isFirst: boolean }) {
  const [isOpen, setOpen] = useState(false)
  const [name, setName] = useState('')
  const [role, setRole] = useState<Role>(isFirst ? 'admin' : 'analyst')
  const [origin, setOrigin] = useState<Origin>('local')
  const [made, setMade] = useState<SentLink | null>(null)
  const { change, failure, isSending, forget, refresh } = useChange((data) => {
    const link = sentLink(data)
    setMade(link)
    setName('')
    if (link === null) setOpen(false)
    return link !== null
  })
  const close = () => {
    // Not before: the first user closes the server, to this page too.
    if (made !== null) refresh()
    setOpen(false)
    setMade(null)
    forget()
  }
  return (
    <>
      <Button look="primary" onClick={() => setOpen(true)}>
        <UserPlus aria-hidden />
        Add user
      </Button>
      <Dialog title={made === null ? 'Add a user' : 'The user is added'} isOpen={isOpen} onClose={close}>
        {made !== null ? (
          <UserLink {...made} onDone={close} />
        ) : (
          <form
            className="flex flex-col gap-3"
            onSubmit={(event) => {
              event.preventDefault()
              change({
                ...{ path: apiPaths.users, method: 'POST', words: `${name.trim()} is added` },
                body: { name: name.trim(), role, origin },
              })
            }}
          >
            <label className={labelClass}>
              Name
              <input
                required
                maxLength={100}
                autoComplete="off"
                value={name}
                onChange={({ target }) => setName(target.value)}
                className={fieldClass}
              />
            </label>
            {isFirst ? (
              <p>
                The first user is an administrator. As soon as it is added, this server asks everybody to sign in, this
                browser too: keep its one-time link.
              </p>
            ) : (
              <RoleField role={role} onChange={setRole} />
            )}
            {!isFirst && (
              <label className={labelClass}>
                Signs in by
                <select
                  value={origin}
                  onChange={({ target }) => setOrigin(target.value === 'proxy' ? 'proxy' : 'local')}
                  className={fieldClass}
                >
                  <option value="local">a password of this server</option>
                  <option value="proxy">the proxy in front of this server, which names the user</option>
                </select>
              </label>
            )}
            <FormError message={failure} />
            <div className="flex justify-end gap-2">
              <Button onClick={close}>Cancel</Button>
              <Button type="submit" look="primary" disabled={isSending || name.trim() === ''}>
                Add
              </Button>
            </div>
          </form>
        )}
      </Dialog>
    </>
  )
}
