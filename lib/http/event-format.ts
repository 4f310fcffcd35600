/** What one event can be asked for as. */
export const eventFormats = ['json', 'xml'] as const
type EventFormat = (typeof eventFormats)[number]

/** What a request asks an event for as, by `format` or else by `Accept`; null if `format` is none of them. */
export function eventFormatOf(request: Request): EventFormat | null {
  const asked = new URL(request.url).searchParams.get('format')
  if (asked !== null) return eventFormats.find((format) => format === asked) ?? null
  // A browser accepts XML among much else, and HTML before it.
  const [first = ''] = (request.headers.get('accept') ?? '').split(/[,;]/)
  return ['application/xml', 'text/xml'].includes(first.trim()) ? 'xml' : 'json'
}
