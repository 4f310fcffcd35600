const steps = [1, 2, 5]

/** Returns the round step of an axis from 0 with at most so many steps up to a figure; never below 1, since events are integers. */
function stepOf(most: number, count: number): number {
  for (let size = 1; ; size *= 10) {
    const step = steps.map((each) => each * size).find((each) => each * count >= most)
    if (step !== undefined) return step
  }
}

/** Returns the figures named along an axis, from 0 to the first round one that is not below `most`, in at most `count` steps. */
export function axisFigures(most: number, count: number): number[] {
  const step = stepOf(Math.max(1, most), count)
  return Array.from({ length: Math.ceil(Math.max(1, most) / step) + 1 }, (_, index) => index * step)
}
