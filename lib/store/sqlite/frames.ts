import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import type { LoggedSections } from '#lib/model/event.ts'

/** Events in one compressed frame: one is read back by decompressing this many. */
export const frameSize = 256

/** Level 3 takes a third longer, and its frames are 2 % smaller. */
const compression = { params: { [constants.ZSTD_c_compressionLevel]: 1 } }

/** The sections and field names of an event, without the values. */
type Template = [section: LoggedSections[number][0], names: string[]][]

/** The template of an event by its place in `names`, then its values; 0 is the value of the event before with this template. */
type Row = [template: number, ...values: (string | 0)[]]

/**
 * A frame as JSON. Most events have the names of the event before and many of its values, so each template is written
 * once. Frames of earlier versions are a list of events instead.
 */
type Frame = { names: Template[]; events: Row[] }

/** A template that events of a frame share, and the event before that has it. */
type Known = { place: number; latest: LoggedSections }

/** Templates that an event is compared with: an unusual log has one for each event. */
const compared = 16

function hasNamesOf(event: LoggedSections, other: LoggedSections): boolean {
  if (event.length !== other.length) return false
  for (let part = 0; part < event.length; part++) {
    const [section, fields] = event[part] as LoggedSections[number]
    const [otherSection, otherFields] = other[part] as LoggedSections[number]
    if (section !== otherSection || fields.length !== otherFields.length) return false
    for (let at = 0; at < fields.length; at++) if (fields[at]?.[0] !== otherFields[at]?.[0]) return false
  }
  return true
}

/** The values of an event, with 0 for those that the event before with the same names has too. */
function rowOf(event: LoggedSections, { place, latest }: Known): Row {
  const row: Row = [place]
  for (let part = 0; part < event.length; part++) {
    const fields = (event[part] as LoggedSections[number])[1]
    const before = (latest[part] as LoggedSections[number])[1]
    for (let at = 0; at < fields.length; at++) {
      const value = (fields[at] as [string, string])[1]
      row.push(event !== latest && value === before[at]?.[1] ? 0 : value)
    }
  }
  return row
}

/** Gathers events, and closes a frame of them. */
export function openFrame() {
  let names: Template[] = []
  let events: Row[] = []
  let known: Known[] = []

  /** The template of an event, which may be a new one. */
  function templateOf(event: LoggedSections): Known {
    for (let at = known.length - 1; at >= 0 && at >= known.length - compared; at--) {
      const each = known[at] as Known
      if (hasNamesOf(event, each.latest)) return each
    }
    const added = { place: names.length, latest: event }
    names.push(event.map(([section, fields]) => [section, fields.map(([name]) => name)]))
    known.push(added)
    return added
  }

  return {
    length: () => events.length,
    add: (event: LoggedSections): void => {
      const template = templateOf(event)
      events.push(rowOf(event, template))
      template.latest = event
    },
    /** The compressed frame; the next event begins another. */
    close: (): Uint8Array => {
      const frame: Frame = { names, events }
      names = []
      events = []
      known = []
      return zstdCompressSync(JSON.stringify(frame), compression)
    },
  }
}

/** Reads the events of a frame, in either form. */
export function readFrame(body: Uint8Array): LoggedSections[] {
  const frame: Frame | LoggedSections[] = JSON.parse(zstdDecompressSync(body).toString('utf8'))
  if (Array.isArray(frame)) return frame
  const latest = frame.names.map((): string[] => [])
  return frame.events.map(([place, ...row]) => {
    const before = latest[place] as string[]
    const values = row.map((value, at) => (value === 0 ? (before[at] as string) : value))
    latest[place] = values
    let at = 0
    const template = frame.names[place] as Template
    return template.map(([section, names]) => [section, names.map((name) => [name, values[at++] as string])])
  })
}
