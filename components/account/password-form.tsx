'use client'
import { useRouter } from 'next/navigation'
import { announce } from '#components/ui/announce.ts'
import { Button } from '#components/ui/button.tsx'
import { apiPaths } from '#lib/params/api-paths.ts'
import { FormError } from './form-error.tsx'
import { SecretField } from './secret-field.tsx'
import { send } from './send.ts'
import { useForm } from './use-form.ts'

/** Changes the password, which ends all other sessions. */
export function PasswordForm({ name, least }: { name: string; least: number }) {
  const router = useRouter()
  const { failure, isSending, onSubmit } = useForm(async ({ again, ...typed }, form) => {
    if (typed.next !== again) return 'The two new passwords differ. Type the same one twice.'
    const sent = await send(apiPaths.ownPassword, 'PUT', typed)
    if (sent.failure !== null) return sent.failure
    form.reset()
    announce('Your password is changed. All other sessions have ended.')
    router.refresh()
    return null
  })
  return (
    <section aria-labelledby="password" className="flex flex-col gap-3">
      <h2 id="password" className="text-15 font-semibold">
        Password
      </h2>
      <form onSubmit={onSubmit} className="flex max-w-[400px] flex-col gap-3">
        <input type="text" value={name} autoComplete="username" readOnly hidden />
        <SecretField name="password" label="Your password now" autoComplete="current-password" />
        <SecretField
          name="next"
          label="New password"
          autoComplete="new-password"
          hint={`At least ${least} characters. All other sessions end.`}
        />
        <SecretField name="again" label="The new password again" autoComplete="new-password" />
        <FormError message={failure} />
        <div>
          <Button type="submit" disabled={isSending}>
            Change the password
          </Button>
        </div>
      </form>
    </section>
  )
}
