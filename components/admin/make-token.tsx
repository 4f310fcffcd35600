'use client'
import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import { FormError } from '#components/account/form-error.tsx'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { fieldClass, labelClass } from '#components/ui/field.ts'
import { dayLength } from '#lib/asr/hours.ts'
import { type Scope, scopes } from '#lib/model/access.ts'
import { apiPaths } from '#lib/params/api-paths.ts'
import { type Made, MadeToken } from './made-token.tsx'
import { useChange } from './use-change.ts'

const scopeWords: Record<Scope, string> = {
  read: 'every page and export, for a program',
  upload: 'sends logs, and sees their receipts',
  display: 'the wall on an unattended screen, without paths and names of users',
}

/** Days after which a token ends; 0: only when it is revoked. */
const lengths: [days: number, words: string][] = [
  [7, 'after 7 days'],
  [30, 'after 30 days'],
  [90, 'after 90 days'],
  [365, 'after a year'],
  [0, 'when it is revoked'],
]

/** Makes a token and shows it once. */
export function MakeToken() {
  const [isOpen, setOpen] = useState(false)
  const [name, setName] = useState('')
  const [scope, setScope] = useState<Scope>('read')
  const [days, setDays] = useState(90)
  const [made, setMade] = useState<Made | null>(null)
  const { change, failure, isSending, forget, refresh } = useChange((data) => {
    setMade({ scope, secret: (data as { secret: string }).secret })
    setName('')
    return true
  })
  const close = () => {
    if (made !== null) refresh()
    setOpen(false)
    setMade(null)
    forget()
  }
  const make = () =>
    change({
      ...{ path: apiPaths.tokens, method: 'POST', words: 'The token is made' },
      body: {
        ...{ name: name.trim(), scope },
        expiresAt: days === 0 ? null : new Date(Date.now() + days * dayLength).toISOString(),
      },
    })
  return (
    <>
      <Button look="primary" onClick={() => setOpen(true)}>
        <KeyRound aria-hidden />
        Make token
      </Button>
      <Dialog title={made === null ? 'Make a token' : 'The token is made'} isOpen={isOpen} onClose={close}>
        {made !== null ? (
          <MadeToken {...made} onDone={close} />
        ) : (
          <form
            className="flex flex-col gap-3"
            onSubmit={(event) => {
              event.preventDefault()
              make()
            }}
          >
            <label className={labelClass}>
              Name: which program or screen uses it
              <input
                required
                maxLength={100}
                autoComplete="off"
                value={name}
                onChange={({ target }) => setName(target.value)}
                className={fieldClass}
              />
            </label>
            <fieldset className="flex flex-col gap-1">
              <legend className="mb-1 text-12 text-dim">Scope</legend>
              {scopes.map((each) => (
                <label key={each} className="flex min-h-6 items-start gap-2">
                  <input
                    type="radio"
                    name="scope"
                    checked={scope === each}
                    onChange={() => setScope(each)}
                    className="mt-0.5 size-4 shrink-0 accent-accent"
                  />
                  <span>
                    <span className="font-medium">{each}</span> <span className="text-dim">{scopeWords[each]}</span>
                  </span>
                </label>
              ))}
            </fieldset>
            <label className={labelClass}>
              Ends
              <select value={days} onChange={({ target }) => setDays(Number(target.value))} className={fieldClass}>
                {lengths.map(([each, words]) => (
                  <option key={each} value={each}>
                    {words}
                  </option>
                ))}
              </select>
            </label>
            <FormError message={failure} />
            <div className="flex justify-end gap-2">
              <Button onClick={close}>Cancel</Button>
              <Button type="submit" look="primary" disabled={isSending || name.trim() === ''}>
                Make
              </Button>
            </div>
          </form>
        )}
      </Dialog>
    </>
  )
}
