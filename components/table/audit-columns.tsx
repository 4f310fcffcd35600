'use client'
import { code, column, count, dest, firstTime, id, lastTime, path, process, rule, target } from './detection-cells.tsx'

/** Columns of the audit table, in the order they are read. */
export const auditColumns = column.columns([dest, rule, process, path, target, code, id, count, firstTime, lastTime])
