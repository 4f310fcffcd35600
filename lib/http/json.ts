const timeFields = new Set([
  '_time',
  'firstTime',
  'lastTime',
  'createdAt',
  'finishedAt',
  'newestEvent',
  'newestUpload',
  'time',
  'beforeTime',
  'afterTime',
])

/** ISO 8601 in UTC with milliseconds. Times are cut to milliseconds when they are read, never rounded. */
export const isoTime = (ms: number): string => new Date(ms).toISOString()

/** A row as the API gives it: times as text, all else as it is. */
export function apiRow(row: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      timeFields.has(name) && typeof value === 'number' ? isoTime(value) : value,
    ]),
  )
}
