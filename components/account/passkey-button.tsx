'use client'
import { KeyRound } from 'lucide-react'
import { useState, useTransition } from 'react'
import { Button } from '#components/ui/button.tsx'
import { FormError } from './form-error.tsx'
import { leaveTo } from './send.ts'

/** Signs in with a passkey, for which no name is typed; then goes to `to`. */
export function PasskeyButton({ to }: { to: string }) {
  const [failure, setFailure] = useState<string | null>(null)
  const [isSending, start] = useTransition()
  const signIn = () => {
    setFailure(null)
    start(async () => {
      const loaded = await import('./passkey-ceremony.ts').catch(() => null)
      const failed = loaded === null ? 'This could not be loaded. Reload the page.' : await loaded.signInByPasskey()
      // The part after # never reached the server; the browser has kept it on the way here.
      if (failed === null) leaveTo(`${to}${location.hash}`)
      else setFailure(failed)
    })
  }
  return (
    <>
      <Button className="h-9 px-4" disabled={isSending} onClick={signIn}>
        <KeyRound aria-hidden />
        Sign in with a passkey
      </Button>
      <FormError message={failure} />
    </>
  )
}
