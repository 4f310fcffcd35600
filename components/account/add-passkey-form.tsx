'use client'
import { useRouter } from 'next/navigation'
import { announce } from '#components/ui/announce.ts'
import { Button } from '#components/ui/button.tsx'
import type { FormGiven } from './form-button.tsx'
import { FormError } from './form-error.tsx'
import { addPasskey } from './passkey-ceremony.ts'
import { SecretField } from './secret-field.tsx'
import { useForm } from './use-form.ts'

/** Names a passkey and makes it, after the password. */
export function AddPasskeyForm({ onDone }: FormGiven) {
  const router = useRouter()
  const { failure, isSending, onSubmit } = useForm(async ({ name = '', password = '' }) => {
    const failed = await addPasskey(name, password)
    if (failed !== null) return failed
    announce('The passkey is added. All other sessions have ended.')
    onDone()
    router.refresh()
    return null
  })
  return (
    <form onSubmit={onSubmit} className="flex max-w-[400px] flex-col gap-3">
      <SecretField
        name="name"
        label="Name of the passkey"
        autoComplete="off"
        hint="Such as the device or the app that has it."
      />
      <SecretField name="password" label="Your password" autoComplete="current-password" />
      <FormError message={failure} />
      <div className="flex gap-2">
        <Button type="submit" look="primary" disabled={isSending}>
          Make the passkey
        </Button>
        <Button onClick={onDone}>Cancel</Button>
      </div>
    </form>
  )
}
