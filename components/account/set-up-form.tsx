'use client'
import { useEffect, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { apiPaths } from '#lib/params/api-paths.ts'
import { overviewPath } from '#lib/params/hrefs.ts'
import { FormError } from './form-error.tsx'
import { SecretField } from './secret-field.tsx'
import { leaveTo, send } from './send.ts'
import { useForm } from './use-form.ts'

type Meaning = { kind: 'set-up' | 'account'; name: string | null }

/** Takes the secret of the one-time link out of the address, where a history or a photo of the screen would keep it. */
function takeSecret(): string {
  const secret = location.hash.slice(1)
  history.replaceState(null, '', location.pathname)
  return secret
}

/** Sets the password of an account by its one-time link, or makes the first administrator, and signs in. */
export function SetUpForm({ least }: { least: number }) {
  const [link, setLink] = useState<string | null>(null)
  const [meaning, setMeaning] = useState<Meaning | string | null>(null)

  useEffect(() => {
    const secret = takeSecret()
    // Rendered a second time in development, when the address has no secret any more.
    if (secret === '')
      return setMeaning((before) => before ?? 'This address is not complete. Open the link again as you got it.')
    setLink(secret)
    void send(apiPaths.signInByLink, 'POST', { link: secret }).then((sent) =>
      setMeaning(sent.failure ?? (sent.data as Meaning)),
    )
  }, [])

  const { failure, isSending, onSubmit } = useForm(async ({ again, ...typed }) => {
    if (typed.password !== again) return 'The two passwords differ. Type the same one twice.'
    const sent = await send(apiPaths.signInByLink, 'POST', { link, ...typed })
    if (sent.failure === null) leaveTo(overviewPath)
    return sent.failure
  })

  if (meaning === null) return <p className="text-dim">Checking the link …</p>
  if (typeof meaning === 'string') return <FormError message={meaning} />
  return (
    <form onSubmit={onSubmit} className="flex flex-col gap-4">
      {meaning.name === null ? (
        <SecretField
          name="name"
          label="Your name"
          autoComplete="username"
          hint="You become the first administrator. From then on everybody needs an account to use this server."
        />
      ) : (
        <>
          <p>
            Set the password of <strong className="wrap-anywhere">{meaning.name}</strong>.
          </p>
          {/* Password managers store the password under this name. */}
          <input type="text" value={meaning.name} autoComplete="username" readOnly hidden />
        </>
      )}
      <SecretField
        name="password"
        label="Password"
        autoComplete="new-password"
        hint={`At least ${least} characters. Several words are easy to remember and hard to guess.`}
        error={failure}
      />
      <SecretField name="again" label="The same password again" autoComplete="new-password" error={failure} />
      <FormError message={failure} />
      <div>
        <Button type="submit" look="primary" className="h-9 px-4" disabled={isSending}>
          {meaning.kind === 'set-up' ? 'Create the administrator' : 'Set the password'}
        </Button>
      </div>
    </form>
  )
}
