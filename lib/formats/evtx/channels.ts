import { isDefenderChannel, otherCode } from '#lib/asr/channel.ts'
import type { Outcome } from '#lib/formats/outcome.ts'

/** The channels met in a file, and how many records of each code that is not ours were met since the last list. */
export type Channels = {
  /** Index of a channel by its name; -1 if it cannot be the name of a channel. It is valid until the counts are taken. */
  indexOf(name: string): number
  /** The same of UTF-16LE bytes, without making a string of the name that was met last. */
  indexOfBytes(bytes: Buffer, at: number, size: number): number
  isDefender(channel: number): boolean
  countOther(channel: number, code: number): void
  /** The same by the key under which it is counted. */
  countCode(key: string): void
  /** The outcomes of what was counted; counting begins again. */
  takeOthers(): Outcome[]
}

type Channel = { name: string; bytes: Buffer; isDefender: boolean; others: Map<number, number> }

// Windows allows 255 characters; what is longer, empty or has control characters is damage.
const longestName = 255
// More than any log has: names made up by damage must not pile up.
const mostChannels = 256

const control = /\p{Cc}/u
// Some writers end the name with a NUL; more of them are a name that was wiped.
const finalNul = /\0$/

export function newChannels(): Channels {
  const channels: Channel[] = []
  const byName = new Map<string, number>()
  const codes = new Map<string, number>()
  let last = 0

  function indexOf(name: string): number {
    const known = byName.get(name)
    if (known !== undefined) return known
    if (name === '' || name.length > longestName || control.test(name)) return -1
    byName.set(name, channels.length)
    channels.push({ name, bytes: Buffer.from(name, 'utf16le'), isDefender: isDefenderChannel(name), others: new Map() })
    return channels.length - 1
  }

  const isAt = (channel: Channel | undefined, bytes: Buffer, at: number, size: number): boolean =>
    channel !== undefined && channel.bytes.length === size && channel.bytes.compare(bytes, at, at + size) === 0

  return {
    indexOf,
    indexOfBytes(bytes, at, size) {
      if (isAt(channels[last], bytes, at, size)) return last
      const channel = indexOf(
        bytes
          .toString('utf16le', at, at + size)
          .toWellFormed()
          .replace(finalNul, ''),
      )
      if (channel >= 0) last = channel
      return channel
    },
    isDefender: (channel) => channels[channel]?.isDefender ?? false,
    countOther(channel, code) {
      const others = channels[channel]?.others
      others?.set(code, (others.get(code) ?? 0) + 1)
    },
    countCode: (key) => codes.set(key, (codes.get(key) ?? 0) + 1),
    takeOthers() {
      const counts = new Map(codes)
      codes.clear()
      for (const { name, others } of channels) {
        for (const [code, count] of others) {
          const key = otherCode(name, code)
          counts.set(key, (counts.get(key) ?? 0) + count)
        }
        others.clear()
      }
      if (channels.length > mostChannels) {
        channels.length = 0
        byName.clear()
      }
      return Array.from(counts, ([code, count]): Outcome => ({ kind: 'other', code, count }))
    },
  }
}
