import { execFile } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { inChild } from './child.ts'
import { makeFiles } from './evtx/make.ts'
import { figure, median, table, times } from './figures.ts'
import type { Options } from './options.ts'
import type { Run } from './read-log.ts'

const files = 5

type Way = { what: string; megabytes: number; seconds: () => Promise<number> }

/** Seconds `evtxexport -f xml` takes for some files, its output thrown away; null if it is not installed. */
async function exporter(): Promise<((paths: string[]) => Promise<number>) | null> {
  const run = promisify(execFile)
  const found = await run('evtxexport', ['-V']).then(
    () => true,
    () => false,
  )
  if (!found) return null
  return async (paths) => {
    const begun = performance.now()
    for (const path of paths) await run('sh', ['-c', 'exec evtxexport -f xml "$0" > /dev/null', path])
    return (performance.now() - begun) / 1000
  }
}

/** EVTX as a Defender log has it, 5 % ours, next to libevtx's exporter and a library for Node that renders XML. */
export async function benchEvtx(folder: string, { evtx, runs }: Options): Promise<string> {
  const set = join(folder, `evtx-${evtx}-MB`)
  if (!existsSync(set)) makeFiles(set, evtx, files)
  const paths = readdirSync(set).map((name) => join(set, name))
  const megabytes = paths.reduce((sum, path) => sum + statSync(path).size, 0) / 1e6
  const run = async (...flags: string[]) => (await inChild<Run>('read-log.ts', [...paths, ...flags])).seconds
  const evtxexport = await exporter()
  const one = paths[0] ?? ''
  const library = async () => (await inChild<{ seconds: number }>('evtx/library.ts', [one])).seconds
  const ways: Way[] = [
    { what: 'reader alone, every field of ours', megabytes, seconds: () => run() },
    { what: 'to committed rows', megabytes, seconds: () => run('--store') },
    ...(evtxexport === null ? [] : [{ what: 'evtxexport -f xml', megabytes, seconds: () => evtxexport(paths) }]),
    { what: '@ts-evtx/core, one of the files', megabytes: statSync(one).size / 1e6, seconds: library },
  ]
  const found = new Map<Way, number[]>()
  for (let round = 0; round < runs; round++)
    for (const way of ways) found.set(way, [...(found.get(way) ?? []), await way.seconds()])
  const rates = [...found].map(([way, seconds]) => ({ what: way.what, rate: way.megabytes / median(seconds) }))
  const of = (name: string) => rates.find(({ what }) => what.startsWith(name))?.rate
  const against = (rate: number, baseline: number | undefined) => (baseline === undefined ? '' : times(rate / baseline))
  const rows = rates.map(({ what, rate }) => [
    what,
    `${figure(rate)} MB/s`,
    against(rate, of('evtxexport')),
    against(rate, of('@ts-evtx')),
  ])
  const missing =
    evtxexport === null ? '\n\nevtxexport is not installed (Debian: libevtx-utils), so that baseline is missing.' : ''
  return `EVTX: ${figure(megabytes)} MB in ${files} files, 5 % ours; median of ${runs} runs\n\n${table(['what', 'rate', 'against evtxexport', 'against @ts-evtx/core'], rows)}${missing}`
}
