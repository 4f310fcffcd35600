'use client'
import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { send } from '#components/account/send.ts'
import { announce } from '#components/ui/announce.ts'

type Change = { path: string; method: 'POST' | 'PUT' | 'DELETE'; body?: object; words: string }

/**
 * Sends changes of administration: whether one is being sent, and why the last one failed. `done` gets what the
 * server answered, and returns whether there is something to read before the page is rendered again by `refresh`.
 */
export function useChange(done: (data: unknown) => boolean) {
  const router = useRouter()
  const [failure, setFailure] = useState<string | null>(null)
  const [isSending, start] = useTransition()
  const change = ({ path, method, body, words }: Change) =>
    start(async () => {
      const sent = await send(path, method, body)
      setFailure(sent.failure)
      if (sent.failure !== null) return
      announce(words)
      if (!done(sent.data)) router.refresh()
    })
  return { change, failure, isSending, forget: () => setFailure(null), refresh: () => router.refresh() }
}
