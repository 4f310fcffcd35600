'use client'
import { createContext, useContext } from 'react'
import type { DetectionKey } from '#lib/asr/detections.ts'
import type { Params } from '#lib/params/params.ts'
import type { Screen } from '#lib/params/screen.ts'
import type { Window } from '#lib/query/question.ts'

/** Names of rules by GUID. */
export type RuleNames = Record<string, { name: string; short: string }>

/** What every cell of a table knows. */
export type TableContext = {
  screen: Screen
  /** The parameters of the rows, with what the screen is about, such as one host; those of the screen if it is about nothing more. */
  params?: Params
  window: Window
  rules: RuleNames
  /** The detection whose rows these are; null for events. */
  detection: DetectionKey | null
  /** The greatest count among its rows. */
  most: number
  /** Whether the column lastTime has firstTime too. */
  isSpan: boolean
}

const Context = createContext<TableContext | null>(null)
export const TableProvider = Context.Provider

/** The context of the table that a cell is in. */
export function useTableContext(): TableContext {
  const context = useContext(Context)
  if (context === null) throw new Error('A cell is outside of a TableProvider.')
  return context
}
