/** Where in its file a record begins. `line` is null in binary formats. All but `offset` count from 1. */
export type Place = { record: number; line: number | null; offset: number }

/** Why a record could not be read: a closed list, so that receipts can be compared and counted. */
export const rejectReasons = {
  'not-well-formed': 'the record is not well-formed',
  'unknown-fields': 'the record has none of the fields of a known format',
  'cut-off': 'the record ends before it is complete',
  'too-long': 'the record is longer than a Windows event can be',
  doctype: 'a document type declaration is refused: no Windows log has one',
  encoding: 'the bytes are not text in the encoding of the file',
  'no-channel': 'the record names no channel',
  'no-event-code': 'the record has no EventID that is a number',
  'no-time': 'the record has no time',
  'bad-time': 'the time of the record cannot be read',
  'no-dest': 'the record names no computer',
  'bad-checksum': 'the checksum of the chunk or record is wrong and its content cannot be read',
  'bad-structure': 'the binary structure of the record is damaged',
} as const

export type RejectReason = keyof typeof rejectReasons

/** A record that could not be read: where, why, what would have been right, and how it begins (at most 300 characters). */
export type Reject = Place & { reason: RejectReason; detail: string; snippet: string }
