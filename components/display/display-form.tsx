'use client'
import { useEffect, useId, useState, useTransition } from 'react'
import { FormError } from '#components/account/form-error.tsx'
import { send } from '#components/account/send.ts'
import { Button } from '#components/ui/button.tsx'
import { fieldClass, labelClass } from '#components/ui/field.ts'
import { apiPaths } from '#lib/params/api-paths.ts'
import { wallPath } from '#lib/params/hrefs.ts'

/** Takes the token out of the address, where a history or a photo of the screen would keep it. */
function takeToken(): string {
  const token = location.hash.slice(1)
  history.replaceState(null, '', `${location.pathname}${location.search}`)
  return token
}

/** Opens the wall with a display token, at once if the address has one. What else the address has is how the wall hangs. */
export function DisplayForm() {
  const id = useId()
  const [token, setToken] = useState('')
  const [failure, setFailure] = useState<string | null>(null)
  const [isSending, start] = useTransition()
  const open = (secret: string) =>
    start(async () => {
      setFailure(null)
      const sent = await send(apiPaths.display, 'POST', { token: secret })
      // In place of this page: no step back leads to where the token was.
      if (sent.failure === null) location.replace(`${wallPath}${location.search}`)
      else setFailure(sent.failure)
    })
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address is read once.
  useEffect(() => {
    const taken = takeToken()
    if (taken !== '') open(taken)
  }, [])
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        open(token.trim())
      }}
    >
      <label htmlFor={id} className={labelClass}>
        Display token
        <input
          id={id}
          type="password"
          autoComplete="off"
          spellCheck={false}
          required
          maxLength={200}
          value={token}
          onChange={({ target }) => setToken(target.value)}
          aria-invalid={failure === null ? undefined : true}
          className={`${fieldClass} h-9 w-full font-mono text-15`}
        />
      </label>
      <FormError message={failure} />
      <div>
        <Button type="submit" look="primary" className="h-9 px-4" disabled={isSending}>
          {isSending ? 'Opening …' : 'Open the wall'}
        </Button>
      </div>
    </form>
  )
}
