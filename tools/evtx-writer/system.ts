import { valueType as type } from '#lib/formats/evtx/value-type.ts'
import type { Node } from './node.ts'
import { node, slot } from './node.ts'

const namespace = 'http://schemas.microsoft.com/win/2004/08/events/event'

/** What is in the System part: text, or the slots of a template. */
export type SystemParts = Record<SystemPart, Node['attributes'][number][1]>

type SystemPart =
  | 'level'
  | 'opcode'
  | 'task'
  | 'code'
  | 'qualifiers'
  | 'keywords'
  | 'time'
  | 'activity'
  | 'processId'
  | 'threadId'
  | 'recordId'
  | 'version'
  | 'user'
  | 'relatedActivity'
  | 'provider'
  | 'guid'
  | 'channel'

/** The slots of an event's outer template in the order in which Windows 10 lays them out; EventData is the last. */
export const systemSlots: SystemParts = {
  level: slot(0, type.uint8),
  opcode: slot(1, type.uint8),
  task: slot(2, type.uint16),
  code: slot(3, type.uint16),
  qualifiers: slot(4, type.uint16),
  keywords: slot(5, type.hex64),
  time: slot(6, type.fileTime),
  activity: slot(7, type.guid),
  processId: slot(8, type.uint32),
  threadId: slot(9, type.uint32),
  recordId: slot(10, type.uint64),
  version: slot(11, type.uint8),
  user: slot(12, type.sid),
  relatedActivity: slot(13, type.guid),
  provider: slot(14, type.string),
  guid: slot(15, type.guid),
  channel: slot(16, type.string),
}

export const eventDataSlot = slot(17, type.binXml)
export const slotCount = 18

/** A complete event: its System part with these values, and its EventData, as an element or as a slot. */
export function eventNode(parts: SystemParts, dest: string, eventData: Node | typeof eventDataSlot): Node {
  const optional = (name: string, value: SystemParts[SystemPart]): Node['attributes'] =>
    value === '' ? [] : [[name, value]]
  const system = node('System', [
    node('Provider', null, [
      ['Name', parts.provider],
      ['Guid', parts.guid],
    ]),
    node('EventID', [parts.code], optional('Qualifiers', parts.qualifiers)),
    node('Version', [parts.version]),
    node('Level', [parts.level]),
    node('Task', [parts.task]),
    node('Opcode', [parts.opcode]),
    node('Keywords', [parts.keywords]),
    node('TimeCreated', null, [['SystemTime', parts.time]]),
    node('EventRecordID', [parts.recordId]),
    node('Correlation', null, [
      ...optional('ActivityID', parts.activity),
      ...optional('RelatedActivityID', parts.relatedActivity),
    ]),
    node('Execution', null, [
      ['ProcessID', parts.processId],
      ['ThreadID', parts.threadId],
    ]),
    node('Channel', [parts.channel]),
    node('Computer', [dest]),
    node('Security', null, optional('UserID', parts.user)),
  ])
  return node('Event', [system, eventData], [['xmlns', namespace]])
}
