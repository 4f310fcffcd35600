import { type DetectionEntry, detectionTable } from '#db/lookup/detections.ts'

export type DetectionKey = (typeof detectionTable)[number]['key']

export type Detection<Key extends string = DetectionKey> = Omit<DetectionEntry, 'key'> & {
  key: Key
  /** The detection its result rows are stored under: the broadest one that includes them, with its by-fields. */
  family: Key
  /** Its own number and the numbers of the narrower detections whose result rows are among its own, ascending. */
  numbers: readonly number[]
}

/**
 * Derives the detections from a table: by key, in the order of the table, each with its family and numbers.
 * @throws if `within` names an unknown detection or one that groups by other fields.
 */
export function detectionsOf<const Entry extends DetectionEntry>(
  table: readonly Entry[],
): Record<Entry['key'], Detection<Entry['key']>> {
  const byKey = new Map<string, Entry>(table.map((entry) => [entry.key, entry]))
  const broader = (entry: Entry): Entry | null => {
    if (entry.within === null) return null
    const found = byKey.get(entry.within)
    if (found === undefined) throw new Error(`${entry.key} is within ${entry.within}, which is not in the table.`)
    if ([...found.by].sort().join() !== [...entry.by].sort().join())
      throw new Error(`${entry.key} is within ${found.key}, but groups by other fields.`)
    return found
  }
  /** The entry and every broader one, the broadest last. */
  const chain = (entry: Entry): Entry[] => {
    const next = broader(entry)
    return next === null ? [entry] : [entry, ...chain(next)]
  }
  const numbersOf = (entry: Entry): number[] =>
    table
      .filter((each) => chain(each).includes(entry))
      .map(({ number }) => number)
      .sort((a, b) => a - b)
  const detection = (entry: Entry): Detection<Entry['key']> => ({
    ...entry,
    family: (chain(entry).at(-1) as Entry).key as Entry['key'],
    numbers: numbersOf(entry),
  })
  return Object.fromEntries(table.map((entry) => [entry.key, detection(entry)])) as Record<
    Entry['key'],
    Detection<Entry['key']>
  >
}

/** The five detections of Splunk ESCU's analytic story "Windows Attack Surface Reduction". */
export const detections: Record<DetectionKey, Detection> = detectionsOf(detectionTable)

/** Their keys, in the order of their numbers. */
export const detectionKeys: readonly DetectionKey[] = detectionTable.map(({ key }) => key)

/** Detections that raise risk: of type Anomaly or TTP. */
export const riskDetections: readonly Detection[] = detectionKeys
  .map((key) => detections[key])
  .filter(({ riskScore }) => riskScore !== null)
