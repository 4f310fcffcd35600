'use client'
import { FlaskConical } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { Button } from '#components/ui/button.tsx'
import { linkClass } from '#components/ui/nav-link.tsx'
import { apiPaths } from '#lib/params/api-paths.ts'
import { sampleLogPath } from '#lib/params/hrefs.ts'

/** Loads the sample fleet: an upload like any other, and undone like any other. Below it a log to try an upload with. */
export function SampleButton() {
  const router = useRouter()
  const [error, setError] = useState<string | null>(null)
  const [isLoading, startLoading] = useTransition()
  const load = () =>
    startLoading(async () => {
      setError(null)
      try {
        const answer = await fetch(apiPaths.sample, { method: 'POST' })
        if (answer.ok) return router.refresh()
        const { errorMessage } = await import('#lib/model/answer.ts')
        setError(errorMessage(await answer.text()) ?? `The server answered ${answer.status}.`)
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
      <p className="text-12 text-dim">
        Or{' '}
        <a href={sampleLogPath} download className={linkClass}>
          download a small sample log
        </a>{' '}
        and drop it above.
      </p>
      <p role="status" className="text-12">
        {error}
      </p>
    </div>
  )
}
