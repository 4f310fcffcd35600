import type { Metadata } from 'next'
import { Gate } from '#components/account/gate.tsx'
import { DisplayForm } from '#components/display/display-form.tsx'
import { context } from '#lib/access/context.ts'

export const metadata: Metadata = { title: 'Open the wall' }

/** Opens the wall on a screen with a display token. The token is typed, or after the #, which no server, log or referrer has. */
export default async function DisplayPage() {
  // Rendered for each request: its scripts need the nonce of the answer.
  await context()
  return (
    <Gate title="Open the wall on this screen">
      <p>
        A display token opens the wall and nothing else, without paths and names of users. An administrator makes and
        revokes it.
      </p>
      <DisplayForm />
    </Gate>
  )
}
