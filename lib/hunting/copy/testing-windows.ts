import { DOMParser } from '@xmldom/xmldom'
import xpath from 'xpath'

/** The quotes that PowerShell takes for ': it ends a here-string at any of them at the start of a line, followed by @. */
const hereString = /^Get-WinEvent -FilterXml @'\n([\s\S]*?)\n['\u2018\u2019\u201a\u201b]@([\s\S]*)$/m

// XML 1.0, unlike what the parser has by default, has no other line breaks than these.
const normalizeLineEndings = (text: string): string => text.replace(/\r\n?/g, '\n')
const parse = (xml: string) => new DOMParser({ onError: fail, normalizeLineEndings }).parseFromString(xml, 'text/xml')
function fail(level: string, message: string): void {
  throw new Error(`${level}: ${message}`)
}

type Filter = { select: string[]; suppress: string[] }

/** The queries of a command as PowerShell and Windows read it: comments, a here-string, its XML. */
export function filtersOf(command: string): Filter[] {
  const [all, xml = '', rest] = hereString.exec(command) ?? []
  if (all === undefined || rest !== '') throw new Error(`Not one command with one here-string: ${command}`)
  const before = command.slice(0, command.length - all.length)
  if (/^(?!# )./m.test(before)) throw new Error(`Not a comment: ${before}`)
  const document = parse(xml)
  return Array.from(document.getElementsByTagName('Query'), (query) => ({
    select: Array.from(query.getElementsByTagName('Select'), ({ textContent }) => textContent ?? ''),
    suppress: Array.from(query.getElementsByTagName('Suppress'), ({ textContent }) => textContent ?? ''),
  }))
}

/** A time as Windows compares it, in 100 ns; XPath 1.0 itself cannot compare texts by order. Since 2000, for numbers below 2^53. */
function ticks(time: string): string {
  const seconds = Date.parse(`${time.slice(0, 19)}Z`) - Date.UTC(2000, 0)
  const fraction = /\.(\d+)/.exec(time)?.[1] ?? ''
  return String(seconds * 10_000 + Number(fraction.padEnd(7, '0')))
}

export type LoadedEvent = ReturnType<typeof parse>

/** The XML of an event as XPath of Windows sees it, which has no namespaces. */
export const loadEvent = (xml: string): LoadedEvent =>
  parse(
    xml
      .replace(" xmlns='http://schemas.microsoft.com/win/2004/08/events/event'", '')
      .replace(/SystemTime='([^']+)'/, (_, time: string) => `SystemTime='${ticks(time)}'`),
  )

/** Not in the declarations of the package. */
type Expression = { select: (options: { node: LoadedEvent }) => unknown[] }
const { parse: parseXPath } = xpath as unknown as { parse: (expression: string) => Expression }

const compile = (expression: string) => {
  const parsed = parseXPath(expression.replace(/(@SystemTime[<>=]+)'([^']+)'/g, (_, a, time) => `${a}${ticks(time)}`))
  return (event: LoadedEvent): boolean => parsed.select({ node: event }).length > 0
}

/** Whether the command finds an event: one of its queries selects it and does not suppress it. */
export function openCommand(command: string): (event: LoadedEvent) => boolean {
  const filters = filtersOf(command).map(({ select, suppress }) => ({
    select: select.map(compile),
    suppress: suppress.map(compile),
  }))
  return (event) =>
    filters.some(({ select, suppress }) => select.some((s) => s(event)) && !suppress.some((s) => s(event)))
}
