/** Fills blocks of a wanted size from pieces of any size. */
export type Block = { bytes: Buffer; size: number; filled: number }

/** Copies from `piece`, from `at` on, what the block still lacks; returns where the piece goes on. */
export function fillBlock(block: Block, piece: Uint8Array, at: number): number {
  const count = Math.min(block.size - block.filled, piece.length - at)
  block.bytes.set(count === piece.length ? piece : piece.subarray(at, at + count), block.filled)
  block.filled += count
  return at + count
}
