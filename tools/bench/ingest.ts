import { inChild } from './child.ts'
import { figure, median, table, times } from './figures.ts'
import { type Log, logOf } from './logs.ts'
import type { Options } from './options.ts'
import type { Run } from './read-log.ts'

const fleet = { dests: 5000, days: 30 }

/** Seconds and events of one way to read a log, once. */
const measure = ({ file }: Log, ...flags: string[]): Promise<Run> => inChild('read-log.ts', [file, ...flags])

/** Several ways, one after the other in each run, so that what else the machine does falls on all of them. */
async function compare(runs: number, ways: Record<string, () => Promise<Run>>): Promise<Record<string, Run>> {
  const found: Record<string, Run[]> = {}
  for (let run = 0; run < runs; run++)
    for (const [name, way] of Object.entries(ways)) found[name] = [...(found[name] ?? []), await way()]
  return Object.fromEntries(
    Object.entries(found).map(([name, all]) => [
      name,
      { seconds: median(all.map(({ seconds }) => seconds)), events: all[0]?.events ?? 0 },
    ]),
  )
}

/** Reading alone and from file to committed rows, next to fast-xml-parser on the same events. */
export async function benchIngest(folder: string, { events, runs }: Options): Promise<string> {
  const xml = await logOf(folder, { ...fleet, events, others: 0 })
  const multiline = await logOf(folder, { ...fleet, events, others: 0, format: 'multiline' })
  const few = await logOf(folder, { ...fleet, events: Math.ceil(events / 4), others: 0.95 })
  const found = await compare(runs, {
    readXml: () => measure(xml),
    readMultiline: () => measure(multiline),
    parse: () => measure(xml, '--parser'),
    storeXml: () => measure(xml, '--store'),
    storeMultiline: () => measure(multiline, '--store'),
    parseAndStore: () => measure(xml, '--parser', '--store'),
    readFew: () => measure(few),
    storeFew: () => measure(few, '--store'),
    parseFew: () => measure(few, '--parser'),
  })
  const perSecond = (name: string) => (found[name]?.events ?? 0) / (found[name]?.seconds ?? 0)
  const megabytes = (name: string) => few.bytes / 1e6 / (found[name]?.seconds ?? 0)
  const row = (what: string, unit: string, ours: number, baseline: string, theirs: number) => [
    what,
    `${figure(ours)} ${unit}`,
    `${figure(theirs)} ${unit}`,
    baseline,
    times(ours / theirs),
  ]
  const parser = 'fast-xml-parser alone'
  const rows = [
    row('XML, reader alone', 'events/s', perSecond('readXml'), parser, perSecond('parse')),
    row('multi-line, reader alone', 'events/s', perSecond('readMultiline'), parser, perSecond('parse')),
    row(
      'XML to committed rows',
      'events/s',
      perSecond('storeXml'),
      'fast-xml-parser, same store',
      perSecond('parseAndStore'),
    ),
    row('multi-line to committed rows', 'events/s', perSecond('storeMultiline'), parser, perSecond('parse')),
    row('XML with 5 % ours, reader alone', 'MB/s', megabytes('readFew'), parser, megabytes('parseFew')),
    row('XML with 5 % ours to committed rows', 'MB/s', megabytes('storeFew'), parser, megabytes('parseFew')),
  ]
  const size = `${figure(xml.bytes / 1e6)} MB as XML, ${figure(multiline.bytes / 1e6)} MB as text`
  return `Ingest: ${figure(events)} events of ${figure(fleet.dests)} dests, all ours (${size}), and ${figure(few.bytes / 1e6)} MB with 5 % ours; median of ${runs} runs\n\n${table(['what', 'ours', 'baseline', 'which', 'ratio'], rows)}`
}
