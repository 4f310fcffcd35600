'use client'
import { column, count, dest, firstTime, lastTime, rule } from './detection-cells.tsx'
import { asrId, newState, newValue, oldState, oldValue } from './registry-cells.tsx'

/** Columns of the disabled table, in the order they are read. */
export const disabledColumns = column.columns([
  dest,
  rule,
  oldState,
  newState,
  oldValue,
  newValue,
  asrId,
  count,
  firstTime,
  lastTime,
])
