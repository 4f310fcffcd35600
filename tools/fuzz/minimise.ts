/** How often a smaller mutant is tried, and for how many seconds: a hang is slow to judge. */
const tries = 600
const seconds = 90

/** The smallest mutant that could be made of one by leaving spans out, and that still breaks what it broke. */
export async function minimise(mutant: Buffer, isBroken: (smaller: Buffer) => Promise<boolean>): Promise<Buffer> {
  const until = Date.now() + seconds * 1000
  let small = mutant
  let left = tries
  for (let size = small.length >> 1; size > 0; size >>= 1) {
    for (let at = 0; at < small.length && left > 0 && Date.now() < until; left--) {
      const smaller = Buffer.concat([small.subarray(0, at), small.subarray(at + size)])
      if (await isBroken(smaller)) small = smaller
      else at += size
    }
  }
  return small
}
