import type { WrittenEvent } from '#tools/evtx-writer/event.ts'
import { evtxBytes } from '#tools/evtx-writer/write.ts'
import { dataOf } from '#tools/logs/parts.ts'
import type { SimulatedEvent } from '#tools/simulate/event.ts'

function written(event: SimulatedEvent, isInline: boolean): WrittenEvent {
  const { EventCode, dest, time, recordId, channel, level, processId, threadId, activityId, userId } = event
  const ticks = Number(event.systemTime.slice(23, 27))
  const optional = activityId === '' ? {} : { activityId }
  const fields = dataOf(event)
  return {
    EventCode,
    dest,
    time,
    ticks,
    recordId,
    channel,
    level,
    processId,
    threadId,
    user: userId,
    fields,
    isInline,
    ...optional,
  }
}

/** The log file of Windows, with templates; or, as collectors write it, without. */
export const evtx = (events: readonly SimulatedEvent[], isInline = false): Buffer =>
  evtxBytes(events.map((event) => written(event, isInline)))
