const steps = [4, 6, 8, 10, 12, 16, 20, 30]

/** The top of an axis that a figure fits under: round, and so is its half. */
export function roundTop(figure: number): number {
  for (let size = 1; ; size *= 10) {
    const top = steps.map((step) => step * size).find((step) => step >= figure)
    if (top !== undefined) return top
  }
}
