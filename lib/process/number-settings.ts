/** Settings of the environment that are numbers, each with its default. */
export type NumberSettings<Name extends string> = Readonly<Record<Name, { name: string; value: number }>>

/** Returns each number as it is set, or its default. @throws if a setting is not a number above 0. */
export function readNumbers<Name extends string>(
  settings: NumberSettings<Name>,
  environment: Record<string, string | undefined>,
): Record<Name, number> {
  const entries = Object.entries<{ name: string; value: number }>(settings).map(([key, { name, value }]) => {
    const number = environment[name] ? Number(environment[name]) : value
    if (!(number > 0))
      throw new Error(`${name} is ${JSON.stringify(environment[name])}. Give a number above 0, such as ${value}.`)
    return [key, number]
  })
  return Object.fromEntries(entries) as Record<Name, number>
}
