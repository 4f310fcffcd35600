'use client'
import { code, column, count, dest, firstTime, id, lastTime, parent, path, process, rule } from './detection-cells.tsx'

/** Columns of the block table, in the order they are read. */
export const blockColumns = column.columns([dest, rule, process, path, parent, code, id, count, firstTime, lastTime])
