/** A whole number from 0 up to but not including `below`, the same again for the same seed. */
export type Roll = (below: number) => number

/** Makes another log of a log, or a better-known damage of it; it may write into the bytes it is given. */
export type Mutation = (bytes: Buffer, roll: Roll) => Buffer

export const pick = <T>(list: readonly T[], roll: Roll): T => list[roll(list.length)] as T

/** Puts `piece` in the place of `length` bytes at `at`. */
export const splice = (bytes: Buffer, at: number, length: number, piece: Uint8Array): Buffer =>
  Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at + length)])

/** Where a span begins and how long it is: mostly short, now and then long. */
export function span(bytes: Buffer, roll: Roll): { at: number; length: number } {
  const at = roll(bytes.length + 1)
  const most = pick([2, 8, 64, 1000, bytes.length], roll)
  return { at, length: Math.min(roll(most + 1), bytes.length - at) }
}
