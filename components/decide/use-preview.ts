import { useEffect, useState } from 'react'
import type { NewDecision } from '#lib/model/decisions.ts'
import { previewDecisions, type SentPreview } from './send-decision.ts'

/** Milliseconds without a change after which the preview is asked for. */
const pause = 250

export type Previewed = { preview: SentPreview | null; failure: string | null; isStale: boolean }

/** What deciding would do, asked again some time after the decisions change. */
export function usePreview(decisions: readonly NewDecision[], replaces: string | null): Previewed {
  const text = JSON.stringify(decisions)
  const [state, setState] = useState<Omit<Previewed, 'isStale'> & { of: string }>({
    preview: null,
    failure: null,
    of: '',
  })
  useEffect(() => {
    const asked = JSON.parse(text) as NewDecision[]
    if (asked.length === 0) return
    const stop = new AbortController()
    const timer = setTimeout(async () => {
      const sent = await previewDecisions(asked, replaces, stop.signal)
      if (stop.signal.aborted) return
      setState(
        'answer' in sent
          ? { preview: sent.answer, failure: null, of: text }
          : { preview: null, failure: sent.failure, of: text },
      )
    }, pause)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [text, replaces])
  return { preview: state.preview, failure: state.failure, isStale: state.of !== text }
}
