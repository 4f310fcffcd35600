'use client'
import { useSyncExternalStore } from 'react'
import type { TableName } from '#lib/params/params.ts'

/** Widths in pixels that the reader gave to columns, by name. */
export type Widths = Record<string, number>

export const narrowest = 48
export const widest = 1600

const keyOf = (table: TableName): string => `asr-hunt.widths.${table}`
const changed = 'asr-hunt.widths'

/** Storage is refused in some private windows: then widths last as long as the page. */
function stored(table: TableName): string | null {
  try {
    return localStorage.getItem(keyOf(table))
  } catch {
    return null
  }
}

/** Widths as they were stored; what is not a width is skipped, since anything could be there. */
export function parseWidths(text: string | null): Widths {
  if (text === null) return {}
  try {
    const entries = Object.entries(JSON.parse(text) as Record<string, unknown>)
    return Object.fromEntries(
      entries.flatMap(([name, width]) =>
        typeof width === 'number' && width >= narrowest && width <= widest && /^\w+$/.test(name) ? [[name, width]] : [],
      ),
    )
  } catch {
    return {}
  }
}

function subscribe(listen: () => void): () => void {
  window.addEventListener('storage', listen)
  window.addEventListener(changed, listen)
  return () => {
    window.removeEventListener('storage', listen)
    window.removeEventListener(changed, listen)
  }
}

/** Keeps the width of a column of a table in this browser; null forgets it. */
export function saveWidth(table: TableName, column: string, width: number | null): void {
  const { [column]: _, ...others } = parseWidths(stored(table))
  const next =
    width === null ? others : { ...others, [column]: Math.round(Math.min(widest, Math.max(narrowest, width))) }
  saveWidths(table, next)
}

/** Gives every column of a table its usual width again. */
export const resetWidths = (table: TableName): void => saveWidths(table, {})

function saveWidths(table: TableName, widths: Widths): void {
  try {
    if (Object.keys(widths).length === 0) localStorage.removeItem(keyOf(table))
    else localStorage.setItem(keyOf(table), JSON.stringify(widths))
  } catch {
    return
  }
  window.dispatchEvent(new Event(changed))
}

const none = (): null => null

/** The widths that the reader gave to the columns of a table. They are not known on the server. */
export const useWidths = (table: TableName): Widths =>
  parseWidths(useSyncExternalStore(subscribe, () => stored(table), none))
