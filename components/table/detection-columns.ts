'use client'
import type { DetectionKey } from '#lib/asr/detections.ts'
import { auditColumns } from './audit-columns.tsx'
import { blockColumns } from './block-columns.tsx'
import { disabledColumns } from './disabled-columns.tsx'
import { registryColumns } from './registry-columns.tsx'
import { stackingColumns } from './stacking-columns.tsx'

/** The columns of each detection's table. */
export const detectionColumns = {
  stacking: stackingColumns,
  audit: auditColumns,
  block: blockColumns,
  registry: registryColumns,
  disabled: disabledColumns,
} satisfies Record<DetectionKey, unknown>
