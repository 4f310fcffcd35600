import type { Dest } from './fleet.ts'
import { isoMilliseconds } from './iso-time.ts'
import type { Random } from './random.ts'
import { signatureVersion } from './versions.ts'
import { wordLists } from './words.ts'

/** What a text is filled in with. */
export type Context = { dest: Dest; time: number; stormStart: number; random: Random }

/** A text with its placeholders filled in. `chosen` contains what each placeholder became in this event. */
export type FillText = (context: Context, chosen: string[]) => string

const signature = ({ dest, time, stormStart }: Context) => signatureVersion(time - dest.signatureLag, stormStart)

/** Placeholders with a meaning of their own; the others are word lists or alternatives such as `{cmd.exe|powershell.exe}`. */
const placeholders: Record<string, (context: Context) => string> = {
  dest: ({ dest }) => dest.shortName,
  account: ({ dest }) => dest.account,
  user: ({ dest }) => dest.user,
  sid: ({ dest }) => dest.sid,
  platform: ({ dest }) => dest.platform.product,
  engine: ({ dest }) => dest.platform.engine,
  signature,
  previousSignature: ({ dest, time, stormStart }) =>
    dest.reportedSignature || signatureVersion(time - dest.signatureLag - 21_600_000, stormStart),
  detectionTime: ({ time, random }) => isoMilliseconds(time - random.int(4)),
  guid: ({ random }) => random.guid(),
  bracedGuid: ({ random }) => `{${random.guid()}}`,
  hex4: ({ random }) => random.hex(4),
  hex8: ({ random }) => random.hex(8),
  hex40: ({ random }) => random.hex(40),
  digit: ({ random }) => String(1 + random.int(9)),
  number: ({ random }) => String(1000 + random.int(9000)),
  version: ({ random }) => `${1 + random.int(9)}.${random.int(20)}.${random.int(400)}`,
  base64: ({ random }) => longBase64(random, 300),
  longBase64: ({ random }) => longBase64(random, 6000),
}

/** UTF-16 letters in base64 look like this: every other byte is zero. */
function longBase64(random: Random, bytes: number): string {
  return Buffer.from(random.hex(bytes / 2), 'utf16le').toString('base64')
}

function placeholder(name: string): (context: Context) => string {
  const known = placeholders[name]
  if (known) return known
  const words = name.includes('|') ? name.split('|') : wordLists[name]
  if (!words) throw new Error(`unknown placeholder {${name}}: name a word list, a placeholder or alternatives {a|b}`)
  return ({ random }) => random.pick(words)
}

/** Turns texts with placeholders into fast functions; one compiler per event source, so that a name means the same in all its texts. */
export function makeCompiler(): (text: string) => FillText {
  const slots: string[] = []
  return (text) => {
    // Splitting by a group returns literal, placeholder, literal, … and a literal at both ends.
    const parts = text.split(/\{([^{}]+)\}/)
    const literals = parts.filter((_, index) => index % 2 === 0)
    const fills = parts.filter((_, index) => index % 2 === 1).map((name) => remembered(name, slots))
    const [before = ''] = literals
    const [only] = fills
    if (!only) return () => text
    if (text === `{${parts[1]}}`) return only
    return (context, chosen) => {
      let filled = before
      for (let index = 0; index < fills.length; index++) {
        filled += (fills[index] as FillText)(context, chosen) + literals[index + 1]
      }
      return filled
    }
  }
}

/** A placeholder that keeps to what it became before in the same event. */
function remembered(name: string, slots: string[]): FillText {
  const fill = placeholder(name)
  if (!slots.includes(name)) slots.push(name)
  const slot = slots.indexOf(name)
  return (context, chosen) => {
    const before = chosen[slot]
    if (before !== undefined) return before
    const now = fill(context)
    chosen[slot] = now
    return now
  }
}
