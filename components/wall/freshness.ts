import { dayLength } from '#lib/asr/hours.ts'
import { lengthText, timeText } from '#lib/text/time.ts'
import type { Feed } from './use-feed.ts'

/** How much an age matters: fine, to be looked at, or wrong. */
export type Alarm = 'fine' | 'amber' | 'red'
export type Age = { alarm: Alarm; words: string }

const alarmOf = (age: number, amber: number, red: number): Alarm => (age > red ? 'red' : age > amber ? 'amber' : 'fine')

const ago = (time: number, now: number): string => `${lengthText(Math.max(0, now - time))} ago`

/** Whether the wall hears from the server, in words with an age. `now` is by the server's clock. */
export function connectionAge({ link, heardAt, skew }: Feed, now: number, tz: string): Age {
  const age = Math.max(0, now - (heardAt + skew))
  if (link === 'starting') return { alarm: 'fine', words: 'connecting' }
  const alarm = alarmOf(age, 15_000, 60_000)
  if (link === 'lost' || link === 'unexpected') {
    const lastGood = timeText(heardAt + skew, tz).slice(11, 16)
    const why = link === 'lost' ? 'server unreachable' : 'the server is of another version: reload this page'
    return { alarm: alarm === 'fine' ? 'amber' : alarm, words: `last good ${lastGood}, ${why}` }
  }
  if (alarm !== 'fine') return { alarm, words: `silent for ${lengthText(age)}` }
  return {
    alarm,
    words: link === 'live' ? `live, ${lengthText(age)} ago` : `asking every 10 s, ${lengthText(age)} ago`,
  }
}

/** How old the newest event is. A wall that is anchored at the newest event shows old data on purpose. */
export function dataAge({ data }: Feed, now: number, anchor: 'now' | 'newest'): Age {
  const { newestEvent, newestUpload } = data
  if (newestEvent === null) return { alarm: 'amber', words: 'no event yet' }
  const age = Math.max(0, now - newestEvent)
  const alarm = alarmOf(age, dayLength, 3 * dayLength)
  const upload = newestUpload === null ? '' : `, upload ${ago(newestUpload, now)}`
  return { alarm: anchor === 'newest' ? 'fine' : alarm, words: `newest event ${ago(newestEvent, now)}${upload}` }
}
