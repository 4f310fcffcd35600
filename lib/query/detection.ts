import type { DetectionKey } from '#lib/asr/detections.ts'
import type { DetectionPage, DetectionRow } from '#lib/model/rows.ts'
import { exportRange, pageRange } from '#lib/params/page.ts'
import type { DetectionQuestion, EventReads } from '#lib/store/reads.ts'
import { asked, type Question } from './question.ts'
import { fieldsOf, sourceOf } from './source.ts'

const questionOf = (detection: DetectionKey, question: Question): Omit<DetectionQuestion, 'page'> => ({
  ...asked(question),
  detection,
  source: sourceOf(question, fieldsOf(detection)),
  faithful: question.params.faithful,
  sort: question.params.sort,
})

/** Returns one page of a detection's table, and the sums that reconcile it with Splunk's. */
export const selectDetection = (reads: EventReads, key: DetectionKey, question: Question): Promise<DetectionPage> =>
  reads.detection({ ...questionOf(key, question), page: pageRange(question.params) })

/** Returns every row of a detection's table in its order, some hundreds at a time, for exports. */
export const streamDetection = (
  reads: EventReads,
  key: DetectionKey,
  question: Question,
): AsyncGenerator<DetectionRow[]> =>
  reads.detectionRows({ ...questionOf(key, question), page: exportRange(question.params) })
