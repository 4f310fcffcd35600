'use client'
import { useEffect, useEffectEvent } from 'react'
import type { BoundKey } from './keys.ts'

declare global {
  interface Window {
    /** Returns the keys that were pressed before this runs, once: see `early-keys.tsx`. */
    earlyKeys?: () => string[]
  }
}

const bound = new Map<string, (() => void)[]>()
let prefix = ''
let prefixUntil = 0

/** Keys that were pressed before what answers them ran, in their order. */
const waiting: string[] = []
let timer: ReturnType<typeof setTimeout> | undefined

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.closest('input, textarea, select, dialog, [role=menu], [role=dialog]') !== null)

/** What is bound to a key after those before it. Enter on a row is the row's own, which runs as soon as `j` does. */
const answerTo = (keys: string): (() => void) | undefined =>
  keys === 'Enter' && bound.get('j')?.length ? pressEnter : bound.get(keys)?.at(-1)

/** Presses Enter on the row that has the focus. */
function pressEnter(): void {
  const row = document.activeElement
  if (row instanceof HTMLTableRowElement)
    row.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }))
}

/** A key that something which is not there yet will answer to, and until when it is waited for. */
let soon = { key: '', until: 0 }

/** Says that what was just asked for, such as a panel that is loaded, will answer to a key: it is not lost if it comes first. */
export function expectKey(key: BoundKey): void {
  soon = { key, until: performance.now() + 5000 }
}

/** Whether a part of the page names a key, or is on its way: then it answers to it, if not yet. */
const isExpected = (key: string): boolean =>
  (soon.key === key && performance.now() < soon.until) ||
  document.querySelector(`[aria-keyshortcuts~="${CSS.escape(key)}"]`) !== null

/** Whether a dialog is open, which keys are for even if nothing in it has the focus. */
const isInDialog = (): boolean => document.querySelector('dialog:modal') !== null

/** Runs what is bound to a key; returns false if nothing is. */
function run(key: string, time: number): boolean {
  const keys = prefix !== '' && time < prefixUntil ? `${prefix} ${key}` : key
  prefix = ''
  const answer = answerTo(keys)
  answer?.()
  if (answer === undefined && key === 'g') {
    prefix = 'g'
    prefixUntil = time + 1500
  }
  return answer !== undefined
}

/** Runs the next key that waits, and the others after what it changed was drawn. Keys that nothing answers to are dropped. */
function runWaiting(): void {
  const [key] = waiting
  if (key === undefined) return
  if (prefix === '' && answerTo(key) === undefined && isExpected(key)) return
  waiting.shift()
  run(key, performance.now())
  later()
}

function later(): void {
  clearTimeout(timer)
  timer = setTimeout(runWaiting, 50)
}

/** Runs what is bound to a key. Nothing happens while the reader types or presses a modifier, or if single keys are turned off. */
export function pressKey(event: KeyboardEvent): void {
  const { key } = event
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
  if (isTyping(event.target) || isInDialog()) return
  if (key === 'Escape') soon = { key: '', until: 0 }
  if (document.documentElement.dataset.keys === 'off') return
  const isOfRow = key === 'Enter' && bound.get('j')?.length
  if (isOfRow || (key.length > 1 && key !== 'Enter' && key !== 'Escape')) return
  if (waiting.length > 0 || (prefix === '' && answerTo(key) === undefined && isExpected(key))) {
    event.preventDefault()
    waiting.push(key)
    later()
  } else if (run(key, event.timeStamp)) {
    event.preventDefault()
  }
}

/** Listens for keys until what it returns is called. Keys that were pressed before are run in their order. */
export function listen(): () => void {
  const forget = () => void waiting.splice(0)
  waiting.push(...(window.earlyKeys?.() ?? []))
  later()
  window.addEventListener('keydown', pressKey)
  // Whoever uses the pointer waits for no key any more.
  window.addEventListener('pointerdown', forget)
  return () => {
    forget()
    window.removeEventListener('keydown', pressKey)
    window.removeEventListener('pointerdown', forget)
  }
}

/**
 * Binds a key (`j`, `?`, or two in a row: `g h`) while the component is shown and `run` is not null; the newest binding of a
 * key wins, so that Escape closes what was opened last. What answers to a single key names it in `aria-keyshortcuts`, so that it is
 * waited for if it is pressed before this runs.
 */
export function useShortcut(keys: BoundKey, run: (() => void) | null): void {
  const latest = useEffectEvent(() => run?.())
  const isBound = run !== null
  useEffect(() => {
    if (!isBound) return
    const own = () => latest()
    bound.set(keys, [...(bound.get(keys) ?? []), own])
    if (waiting.length > 0) later()
    return () => {
      bound.set(
        keys,
        (bound.get(keys) ?? []).filter((other) => other !== own),
      )
    }
  }, [keys, isBound])
}
