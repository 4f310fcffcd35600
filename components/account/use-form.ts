'use client'
import { type FormEvent, useState, useTransition } from 'react'

/**
 * A form that sends what was typed: whether it does so now, what went wrong, and what handles its submission. `work` returns what
 * went wrong, null if nothing did.
 */
export function useForm(work: (typed: Record<string, string>, form: HTMLFormElement) => Promise<string | null>) {
  const [failure, setFailure] = useState<string | null>(null)
  const [isSending, start] = useTransition()
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const typed = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]))
    setFailure(null)
    start(async () => setFailure(await work(typed, form)))
  }
  return { failure, isSending, onSubmit }
}
