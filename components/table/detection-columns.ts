'use client'
import { type DetectionKey, detectionKeys } from '#lib/asr/detections.ts'
import { tableColumns } from './column-names.ts'
import {
  code,
  column,
  count,
  dest,
  firstTime,
  id,
  lastTime,
  parent,
  path,
  process,
  rule,
  target,
} from './detection-cells.tsx'
import { asrId, change, exclusion, newState, newValue, oldState, oldValue } from './registry-cells.tsx'

/** Every column a detection can have, in the order they are read. */
const readingOrder = column.columns([
  dest,
  code,
  rule,
  change,
  oldState,
  newState,
  oldValue,
  newValue,
  exclusion,
  asrId,
  process,
  path,
  parent,
  target,
  id,
  count,
  firstTime,
  lastTime,
])

const columnsOf = (key: DetectionKey) =>
  readingOrder.filter((each) => tableColumns(key).includes(String('accessorKey' in each ? each.accessorKey : each.id)))

/** The columns of each detection's table. */
export const detectionColumns = Object.fromEntries(detectionKeys.map((key) => [key, columnsOf(key)])) as Record<
  DetectionKey,
  ReturnType<typeof columnsOf>
>
