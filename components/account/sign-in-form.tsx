'use client'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { apiPaths } from '#lib/params/api-paths.ts'
import { FormError } from './form-error.tsx'
import { SecretField } from './secret-field.tsx'
import { leaveTo, send } from './send.ts'
import { useForm } from './use-form.ts'

/** Signs in by name and password, and if the account has one, by the code of an authenticator app; then goes to `to`. */
export function SignInForm({ to }: { to: string }) {
  const [step, setStep] = useState<'password' | 'code'>('password')
  const { failure, isSending, onSubmit } = useForm(async (typed) => {
    const sent = await send(step === 'code' ? apiPaths.signInByCode : apiPaths.signIn, 'POST', typed)
    if (sent.failure !== null) return sent.failure
    const { next } = sent.data as { next: 'done' | 'code' }
    if (next === 'code') setStep('code')
    // The part after # never reached the server; the browser has kept it on the way here.
    else leaveTo(`${to}${location.hash}`)
    return null
  })
  return (
    <form key={step} onSubmit={onSubmit} className="flex flex-col gap-4">
      {step === 'password' ? (
        <>
          <SecretField name="name" label="Name" autoComplete="username" />
          <SecretField name="password" label="Password" autoComplete="current-password" error={failure} />
        </>
      ) : (
        <SecretField
          name="code"
          label="Code of your authenticator app"
          autoComplete="one-time-code"
          hint="Six digits. Each code is accepted once."
          error={failure}
        />
      )}
      <FormError message={failure} />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="primary" className="h-9 px-4" disabled={isSending}>
          {step === 'code' ? 'Confirm' : 'Sign in'}
        </Button>
        {step === 'code' && (
          <Button className="h-9 px-4" onClick={() => setStep('password')}>
            Start again
          </Button>
        )}
      </div>
    </form>
  )
}
