'use client'
import { OctagonX } from 'lucide-react'
import { useEffect } from 'react'
import { Button } from '#components/ui/button.tsx'
import { State } from './state.tsx'

/** What the server calls a question that was not answered, and what to do. */
const reasons: Record<string, string> = {
  BUSY: 'The server is answering too many questions at once. Try again in a few seconds.',
  TOO_SLOW: 'The question took too long and was stopped. Choose a shorter time range or narrower filters.',
}

/** What a screen shows when it could not be loaded: that it failed, what the server calls the failure, and a way to try again. */
export function ErrorScreen({ error, retry }: { error: unknown; retry: () => void }) {
  useEffect(() => console.error(error), [error])
  const digest = error instanceof Error && 'digest' in error ? String(error.digest) : null
  const reason = digest === null ? undefined : reasons[digest]
  return (
    <State icon={<OctagonX aria-hidden />} heading="h1" title="This page could not be loaded">
      <p role="alert">
        {digest === null
          ? 'The browser failed to show it.'
          : (reason ?? 'The server failed while it read the data. Nothing was changed.')}
        {digest !== null && reason === undefined && (
          <>
            {' '}
            Its log has the reason under <code>{digest}</code>.
          </>
        )}
      </p>
      <Button look="primary" onClick={retry}>
        Try again
      </Button>
    </State>
  )
}
