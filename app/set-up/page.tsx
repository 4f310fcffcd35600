import type { Metadata } from 'next'
import { Gate } from '#components/account/gate.tsx'
import { SetUpForm } from '#components/account/set-up-form.tsx'
import { context } from '#lib/access/context.ts'
import { passwordLength } from '#lib/access/passwords.ts'

export const metadata: Metadata = { title: 'Set up' }

/** What a one-time link opens. Its secret is after the #, so that no server, log or referrer has it. */
export default async function SetUpPage() {
  // Rendered for each request: its scripts need the nonce of the answer.
  await context()
  return (
    <Gate title="Set your password">
      <SetUpForm least={passwordLength.least} />
    </Gate>
  )
}
