'use client'
import { History } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { announce } from '#components/ui/announce.ts'
import { Button } from '#components/ui/button.tsx'
import { apiPaths } from '#lib/params/api-paths.ts'
import { visibleText } from '#lib/text/visible.ts'

/** Reverses an undo. */
export function RestoreButton({ id, name }: { id: string; name: string }) {
  const router = useRouter()
  const [failure, setFailure] = useState<string | null>(null)
  const [isSending, start] = useTransition()
  const restore = () =>
    start(async () => {
      const failed = await sendRestore(id)
      setFailure(failed)
      if (failed !== null) return
      announce(`${visibleText(name)} is being restored`)
      router.refresh()
    })
  return (
    <>
      {failure !== null && (
        <p role="alert" className="text-block-ink">
          {failure}
        </p>
      )}
      <Button aria-label={`Restore ${visibleText(name)}`} disabled={isSending} onClick={restore}>
        <History aria-hidden />
        Restore
      </Button>
    </>
  )
}

/** Asks for an upload to be restored, and returns why that failed; null if it did not. */
async function sendRestore(id: string): Promise<string | null> {
  try {
    const answer = await fetch(apiPaths.restore(id), { method: 'POST' })
    if (answer.ok) return null
    const { errorMessage } = await import('#lib/model/answer.ts')
    return errorMessage(await answer.text()) ?? `The server answered ${answer.status}.`
  } catch {
    return 'The server could not be reached. Nothing was restored.'
  }
}
