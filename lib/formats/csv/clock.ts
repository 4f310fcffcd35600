import { type DateOrder, detectOrder, readCulture } from '#lib/formats/times/culture.ts'
import { readEnglish } from '#lib/formats/times/english.ts'
import { readLocalIso } from '#lib/formats/times/local-iso.ts'
import { readStamp } from '#lib/formats/times/stamp.ts'

/** The clock of a file: in which order it writes day and month, once that is known, and whether the last time needed it. */
export type FileClock = {
  order: DateOrder | null
  isUnsure: boolean
  read: (text: string, tz: string) => number | null
}

export function fileClock(): FileClock {
  const clock: FileClock = {
    order: null,
    isUnsure: false,
    read: (text, tz) => {
      const time =
        readLocalIso(text, tz) ?? readStamp(text) ?? readEnglish(text, tz) ?? readCulture(text, tz, clock.order)
      clock.isUnsure = time === 'ambiguous'
      return time === 'ambiguous' ? 0 : time
    },
  }
  return clock
}

const utcInMessage = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z/

/** Learns from a row in which order the file writes day and month, if it shows that. True if it did. */
export function learn(clock: FileClock, time: string, message: string, tz: string): boolean {
  if (clock.order !== null) return false
  const near = utcInMessage.exec(message)?.[0]
  clock.order = detectOrder(time, tz, near === undefined ? null : readStamp(near))
  return clock.order !== null
}
