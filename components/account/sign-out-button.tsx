'use client'
import { LogOut } from 'lucide-react'
import { useState, useTransition } from 'react'
import { Button } from '#components/ui/button.tsx'
import { apiPaths } from '#lib/params/api-paths.ts'
import { signInPath } from '#lib/params/hrefs.ts'
import { FormError } from './form-error.tsx'
import { leaveTo, send } from './send.ts'

/** Ends the session of this browser. */
export function SignOutButton() {
  const [failure, setFailure] = useState<string | null>(null)
  const [isSending, start] = useTransition()
  const signOut = () =>
    start(async () => {
      const sent = await send(apiPaths.signOut, 'POST')
      // Without a session there is nothing to end.
      if (sent.failure === null || sent.status === 401) leaveTo(signInPath)
      else setFailure(sent.failure)
    })
  return (
    <>
      <Button disabled={isSending} onClick={signOut}>
        <LogOut aria-hidden />
        Sign out
      </Button>
      <FormError message={failure} />
    </>
  )
}
