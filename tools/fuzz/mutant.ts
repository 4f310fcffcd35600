import { crc32 } from 'node:zlib'
import { dice } from '#lib/formats/testing.ts'
import { type Base, pack, packedFiles } from './bases.ts'
import { byteMutations, spliced } from './mutations/bytes.ts'
import { containerMutations } from './mutations/container.ts'
import { evtxMutations } from './mutations/evtx.ts'
import { marksOf } from './mutations/marks.ts'
import { type Mutation, pick, type Roll } from './mutations/mutation.ts'
import { textMutations } from './mutations/text.ts'
import { isContainer, type Subject } from './subjects.ts'

/** A log that was damaged, what it was made of, and whether real logs are in it. */
export type Mutant = { bytes: Buffer; from: string; isReal: boolean }

type PackedFile = { name: string; content: Buffer }

function ownMutations(subject: Subject): Mutation[] {
  if (subject === 'evtx') return evtxMutations
  return isContainer(subject) ? containerMutations(subject) : textMutations(marksOf(subject))
}

/** An archive whose container is sound, and its logs are not. */
async function repacked(subject: Subject, complete: PackedFile[], roll: Roll): Promise<Buffer | null> {
  if (!isContainer(subject)) return null
  const files = complete.map(({ name, content }) => {
    const mutation = pick(byteMutations, roll)
    return { name, content: roll(2) ? mutation(Buffer.from(content), roll) : content }
  })
  return pack(subject, files.slice(roll(files.length)))
}

/** Gives the mutants of a subject by their seeds: the same for the same seed and the same bases. */
export function openMutants(subject: Subject, bases: Base[]) {
  const own = ownMutations(subject)
  const files = packedFiles()
  const name = crc32(subject)

  return async (seed: number): Promise<Mutant> => {
    const roll = dice(name ^ Math.imul(seed, 0x9e3779b1))
    const base = pick(bases, roll)
    const inner = roll(3) === 0 ? await repacked(subject, files, roll) : null
    let bytes: Buffer = Buffer.from(inner ?? base.bytes)
    if (inner !== null && roll(2)) return { bytes, from: `damaged logs in a ${subject}`, isReal: false }
    const other = roll(12) === 0 ? pick(bases, roll) : null
    if (other !== null) bytes = spliced(bytes, other.bytes, roll)
    for (let changes = roll(4); changes >= 0; changes--) {
      bytes = pick(roll(5) < 2 ? byteMutations : own, roll)(bytes, roll)
    }
    const from = other === null ? base.name : `${base.name} and ${other.name}`
    return { bytes, from, isReal: base.isReal || (other?.isReal ?? false) }
  }
}
