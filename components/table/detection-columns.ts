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

/** Every column a detection can have. */
const every = column.columns([
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

/** The name of a column. */
export const nameOf = (each: (typeof every)[number]): string =>
  String('accessorKey' in each ? each.accessorKey : each.id)

const columnsOf = (key: DetectionKey) =>
  tableColumns(key).flatMap((name) => every.filter((each) => nameOf(each) === name))

/** The columns of each detection's table, in the order they are read. */
export const detectionColumns = Object.fromEntries(detectionKeys.map((key) => [key, columnsOf(key)])) as Record<
  DetectionKey,
  ReturnType<typeof columnsOf>
>
