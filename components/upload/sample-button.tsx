'use client'
import { FlaskConical } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { Button } from '#components/ui/button.tsx'
import { errorMessage } from '#lib/model/answer.ts'

/** Loads the sample fleet: an upload like any other, and undone like any other. */
export function SampleButton() {
  const router = useRouter()
  const [error, setError] = useState<string | null>(null)
  const [isLoading, startLoading] = useTransition()
  const load = () =>
    startLoading(async () => {
      setError(null)
      try {
        const answer = await fetch('/api/v1/sample', { method: 'POST' })
        if (answer.ok) router.refresh()
        else setError(errorMessage(await answer.text()) ?? `The server answered ${answer.status}.`)
      } catch {
        setError('The server could not be reached.')
      }
    })
  return (
    <div className="flex flex-col items-start gap-2">
      <Button onClick={load} disabled={isLoading}>
        <FlaskConical aria-hidden />
        {isLoading ? 'Loading the sample fleet…' : 'Load the sample fleet'}
      </Button>
      <p role="status" className="text-12">
        {error}
      </p>
    </div>
  )
}
