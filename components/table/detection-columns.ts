'use client'
import { type DetectionKey, detectionKeys, detections } from '#lib/asr/detections.ts'
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
import { asrId, newState, newValue, oldState, oldValue } from './registry-cells.tsx'

/** Every column a detection can have, in the order they are read. */
const readingOrder = column.columns([
  dest,
  rule,
  oldState,
  newState,
  oldValue,
  newValue,
  asrId,
  process,
  path,
  parent,
  target,
  code,
  id,
  count,
  firstTime,
  lastTime,
])

const columnsOf = (key: DetectionKey) =>
  readingOrder.filter((each) => 'accessorKey' in each && detections[key].columns.includes(String(each.accessorKey)))

/** The columns of each detection's table. */
export const detectionColumns = Object.fromEntries(detectionKeys.map((key) => [key, columnsOf(key)])) as Record<
  DetectionKey,
  ReturnType<typeof columnsOf>
>
