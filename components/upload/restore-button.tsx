'use client'
import { History } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { announce } from '#components/ui/announce.ts'
import { Button } from '#components/ui/button.tsx'
import { apiPaths } from '#lib/params/api-paths.ts'

/** Restores an upload that was undone. */
export function RestoreButton({ id, name }: { id: string; name: string }) {
  const router = useRouter()
  const [error, setError] = useState<string | null>(null)
  const [isAsking, start] = useTransition()
  const restore = () =>
    start(async () => {
      const failure = await askToRestore(id)
      setError(failure)
      if (failure !== null) return
      announce(`${name} is being restored`)
      router.refresh()
    })
  return (
    <>
      <Button look="quiet" aria-label={`Restore ${name}`} disabled={isAsking} onClick={restore}>
        <History aria-hidden />
        Restore
      </Button>
      {error !== null && (
        <span role="alert" className="text-block-ink">
          {error}
        </span>
      )}
    </>
  )
}

/** Asks the server to restore an upload; returns why it does not, or null. */
async function askToRestore(id: string): Promise<string | null> {
  try {
    const answer = await fetch(apiPaths.restore(id), { method: 'POST' })
    if (answer.ok) return null
    const { errorMessage } = await import('#lib/model/answer.ts')
    return errorMessage(await answer.text()) ?? `The server answered ${answer.status}.`
  } catch {
    return 'The server could not be reached. Nothing was restored.'
  }
}
