import type { LoggedField } from '#lib/asr/event.ts'
import { decodeEntities } from '#lib/formats/xml/entities.ts'

const unsureEntity = /&(?!(?:#\d{1,7}|#x[\dA-Fa-f]{1,6}|amp|lt|gt|quot|apos);)/

/** Where reading is; `at` becomes -1 if the text is not of the shape. */
export type Scan = { text: string; at: number; quote: string; hasEntities: boolean }

/** The text up to the closing tag `close`, which is stepped over. */
function readText(scan: Scan, close: string): string {
  const { text, at } = scan
  const end = text.indexOf('<', at)
  if (end < 0 || !text.startsWith(close, end)) {
    scan.at = -1
    return ''
  }
  scan.at = end + close.length
  const value = text.slice(at, end)
  if (!scan.hasEntities || !value.includes('&')) return value
  if (unsureEntity.test(value)) scan.at = -1
  return decodeEntities(value)
}

/** Steps over `mark`, or stops if something else is there. */
function step(scan: Scan, mark: string): boolean {
  scan.at = scan.at >= 0 && scan.text.startsWith(mark, scan.at) ? scan.at + mark.length : -1
  return scan.at >= 0
}

/** The Data elements of EventData; `names` are those that the event's template has, in order. */
export function readData(scan: Scan, names: readonly string[]): LoggedField[] {
  const { text, quote } = scan
  const open = `<Data Name=${quote}`
  const fields: LoggedField[] = []
  scan.at += '<EventData>'.length
  while (text.startsWith(open, scan.at)) {
    const from = scan.at + open.length
    let name = names[fields.length] ?? ''
    let end = from + name.length
    if (text[end] !== quote || !text.startsWith(name, from)) {
      end = text.indexOf(quote, from)
      name = text.slice(from, end)
      if (end < 0 || name.includes('<') || name.includes('&')) {
        scan.at = -1
        return fields
      }
    }
    if (text[end + 1] === '>') {
      scan.at = end + 2
      fields.push([name, readText(scan, '</Data>')])
    } else if (text.startsWith('/>', end + 1)) {
      scan.at = end + 3
      fields.push([name, ''])
    } else scan.at = -1
  }
  step(scan, '</EventData>')
  return fields
}

/** Elements of RenderingInfo, in the order in which Windows writes them; only Keywords has elements in it. */
const renderingNames = ['Message', 'Level', 'Task', 'Opcode', 'Channel', 'Provider', 'Keywords']

/** The texts that Event Viewer and forwarders add, in the language of the machine that rendered them. */
export function readRendering(scan: Scan): LoggedField[] {
  const { text, quote } = scan
  const fields: LoggedField[] = []
  if (!step(scan, `<RenderingInfo Culture=${quote}`)) return fields
  const end = text.indexOf(quote, scan.at)
  const culture = text.slice(scan.at, end)
  scan.at = end
  if (end < 0 || culture.includes('<') || culture.includes('&') || !step(scan, `${quote}>`)) {
    scan.at = -1
    return fields
  }
  fields.push(['Culture', culture])
  for (const name of renderingNames) {
    if (text.startsWith(`<${name}/>`, scan.at)) {
      step(scan, `<${name}/>`)
      fields.push([name, ''])
    } else if (name === 'Keywords' && text.startsWith('<Keywords><Keyword>', scan.at)) {
      step(scan, '<Keywords>')
      while (text.startsWith('<Keyword>', scan.at) && step(scan, '<Keyword>')) {
        fields.push(['Keywords Keyword', readText(scan, '</Keyword>')])
      }
      step(scan, '</Keywords>')
    } else if (text.startsWith(`<${name}>`, scan.at)) {
      step(scan, `<${name}>`)
      fields.push([name, readText(scan, `</${name}>`)])
    }
  }
  step(scan, '</RenderingInfo>')
  return fields
}
