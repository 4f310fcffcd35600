'use client'
import { useRouter } from 'next/navigation'
import { announce } from '#components/ui/announce.ts'
import { Button } from '#components/ui/button.tsx'
import { apiPaths } from '#lib/params/api-paths.ts'
import type { FormGiven } from './form-button.tsx'
import { FormError } from './form-error.tsx'
import { SecretField } from './secret-field.tsx'
import { send } from './send.ts'
import { useForm } from './use-form.ts'

/** Removes a passkey, after the password. */
export function RemovePasskeyForm({ id, onDone }: FormGiven & { id: string }) {
  const router = useRouter()
  const { failure, isSending, onSubmit } = useForm(async (typed) => {
    const sent = await send(apiPaths.ownPasskey(id), 'DELETE', typed)
    if (sent.failure !== null) return sent.failure
    announce('The passkey is removed. All other sessions have ended.')
    onDone()
    // Its button goes with it.
    document.getElementById('passkeys')?.focus()
    router.refresh()
    return null
  })
  return (
    <form onSubmit={onSubmit} className="flex w-full max-w-[400px] flex-col gap-3 pb-2">
      <p>It can no longer be used to sign in, and all your other sessions end. Delete it from the device as well.</p>
      <SecretField name="password" label="Your password" autoComplete="current-password" />
      <FormError message={failure} />
      <div className="flex gap-2">
        <Button type="submit" look="danger" disabled={isSending}>
          Remove the passkey
        </Button>
        <Button onClick={onDone}>Cancel</Button>
      </div>
    </form>
  )
}
