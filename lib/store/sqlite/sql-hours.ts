/** SQL of the start of the unit of `length` that a column is in. Integers divide towards zero, so this is right before 1970 too. */
export const startOf = (column: string, length: number): string =>
  `(${column} - ((${column} % ${length}) + ${length}) % ${length})`
