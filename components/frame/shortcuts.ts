'use client'
import { useEffect, useEffectEvent } from 'react'

const bound = new Map<string, (() => void)[]>()
let prefix = ''
let prefixUntil = 0

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.closest('input, textarea, select, dialog, [role=menu], [role=dialog]') !== null)

/** Runs what is bound to a key. Nothing happens while the reader types or presses a modifier, or if single keys are turned off. */
export function pressKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
  if (document.documentElement.dataset.keys === 'off') return
  const keys = prefix !== '' && event.timeStamp < prefixUntil ? `${prefix} ${event.key}` : event.key
  prefix = ''
  const run = bound.get(keys)?.at(-1)
  if (run !== undefined) {
    event.preventDefault()
    run()
  } else if (event.key === 'g') {
    prefix = 'g'
    prefixUntil = event.timeStamp + 1500
  }
}

/**
 * Binds a key (`j`, `?`, or two in a row: `g h`) while the component is shown and `run` is not null; the newest binding of a
 * key wins, so that Escape closes what was opened last.
 */
export function useShortcut(keys: string, run: (() => void) | null): void {
  const latest = useEffectEvent(() => run?.())
  const isBound = run !== null
  useEffect(() => {
    if (!isBound) return
    const own = () => latest()
    bound.set(keys, [...(bound.get(keys) ?? []), own])
    return () => {
      bound.set(
        keys,
        (bound.get(keys) ?? []).filter((other) => other !== own),
      )
    }
  }, [keys, isBound])
}
