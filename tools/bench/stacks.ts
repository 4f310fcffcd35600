import { spawn } from 'node:child_process'
import { constants, copyFileSync, existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type By, presets } from '#lib/hunting/definition.ts'
import { parseBy } from '#lib/params/stack-by.ts'
import { openForReading } from '#lib/store/sqlite/database.ts'
import type { StackSql } from '#lib/store/sqlite/sql.ts'
import { openSqlInProcesses } from '#lib/store/sqlite/sql-in-processes.ts'
import { inChild } from './child.ts'
import { figure, median, quantile, table, times } from './figures.ts'
import type { Options } from './options.ts'

type Asked = Parameters<StackSql['page']>[0]
type Stacking = { name: string; by: readonly By[]; codes: readonly number[] | null }

/** Choices of fields that are no preset: fields of events, steps of ladders, many stacks and few. */
const others = [
  ...['dest', 'mode', 'Target_Commandline', 'upload,feature', 'User,dest,Process_Name', 'ID,Path.normalised'],
  ...['Path.folder,Process_Name.name', 'Parent_Commandline.normalised', 'Target_Commandline.name,Path.name'],
]
const stackings: readonly Stacking[] = [
  ...presets.map(({ key, by, codes }) => ({ name: `preset ${key}`, by, codes })),
  ...others.map((name) => ({ name, by: parseBy(name) as By[], codes: null })),
]

const ascending = (column: string) => ({ column, descending: false })

/** The first page of stacks, rare first. `from`: the start of the range, before every event. */
const askedOf = ({ by, codes }: Stacking, from: number): Asked => ({
  ...{ by, codes, groups: [], stackFilters: [], since: null, decisions: [], hides: false },
  ...{ newness: null, minRatio: null, hint: null },
  ...{ range: { from, to: null }, filter: { sql: 'true', values: [] } },
  ...{ rare: { hosts: null, events: null, share: null }, sort: ['hosts', 'events'].map(ascending) },
  page: { offset: 0, limit: 100 },
})

/** The columns of the database that a field is in, for the plain GROUP BY. */
const columns: Record<string, string> = {
  ...{ dest: 'e.dest_id', ID: 'e.rule_id', EventCode: 'e.EventCode', mode: 'e.EventCode', feature: 'e.EventCode' },
  ...{ Process_Name: 'e.process_id', Path: 'e.path_id', Parent_Commandline: 'e.parent_id', User: 'e.user_id' },
  ...{ Target_Commandline: 'e.target_id', upload: 'e.upload' },
}

/** Milliseconds of the plain GROUP BY over events, on one connection; NaN for steps of a ladder, which SQL does not have. */
function groupBy(file: string, { by, codes }: Stacking): number {
  if (by.some(({ step }) => step !== 'exact')) return Number.NaN
  const db = openForReading(file)
  const list = by.map(({ column }) => columns[column]).join(', ')
  const where = codes === null ? '' : `WHERE e.EventCode IN (${codes.join(', ')})`
  const begun = performance.now()
  db.prepare(
    `SELECT ${list}, count(*) AS n, count(DISTINCT e.dest_id) AS hosts, count(DISTINCT e.user_id) AS users, min(e.time), max(e.time)
     FROM event e ${where} GROUP BY ${list} ORDER BY hosts, n LIMIT 100`,
  ).all()
  const taken = performance.now() - begun
  db.close()
  return taken
}

/** Mebibytes resident at most of the process that counts stacks; NaN if the system does not tell. */
function peakOf(file: string): number {
  if (process.platform !== 'linux') return Number.NaN
  const read = (path: string): string => {
    try {
      return readFileSync(path, 'utf8')
    } catch {
      return ''
    }
  }
  const peaks = readdirSync('/proc')
    .filter((pid) => read(`/proc/${pid}/cmdline`).split('\0').includes(file))
    .map((pid) => Number(/VmHWM:\s*(\d+)/.exec(read(`/proc/${pid}/status`))?.[1] ?? Number.NaN) / 1024)
  return Math.max(...peaks)
}

async function timed<Answer>(work: () => Promise<Answer>): Promise<[ms: number, answer: Answer]> {
  const begun = performance.now()
  const answer = await work()
  return [performance.now() - begun, answer]
}

/** A database with so many events, made once. */
async function storeOf(folder: string, events: number, hosts: number): Promise<string> {
  const file = join(folder, `stacks_dests-${hosts}_events-${events}.db`)
  if (existsSync(file)) return file
  await inChild('stack-store.ts', [`${file}.part`, String(events), String(hosts)])
  renameSync(`${file}.part`, file)
  return file
}

type Taken = { first: number; counted: number[]; repeated: number[]; during: number[]; total: number }

async function benchSize(file: string, events: number, { dests, rounds }: Options): Promise<string> {
  const sql = openSqlInProcesses(file)
  const [loading] = await timed(sql.stacks.warm)
  const taken = new Map<Stacking, Taken>()
  let from = 0
  for (const stacking of stackings) {
    const [first, { total }] = await timed(() => sql.stacks.page(askedOf(stacking, --from)))
    const each: Taken = { first, counted: [], repeated: [], during: [], total }
    taken.set(stacking, each)
    for (let round = 0; round < rounds; round++) {
      // Another range with the same events: what was counted before cannot answer it.
      each.counted.push((await timed(() => sql.stacks.page(askedOf(stacking, --from))))[0])
      each.repeated.push((await timed(() => sql.stacks.page(askedOf(stacking, from))))[0])
    }
  }
  const plain = new Map(stackings.map((stacking) => [stacking, groupBy(file, stacking)]))
  const upload = spawn(process.execPath, [
    join(import.meta.dirname, 'stack-store.ts'),
    file,
    String(events),
    String(dests),
    '8',
  ])
  for (const [stacking, { during }] of taken) {
    // What was grouped for others may have taken the place of its groups: that is a first question, which is measured above.
    await sql.stacks.page(askedOf(stacking, --from))
    for (let round = 0; round < rounds; round++)
      during.push((await timed(() => sql.stacks.page(askedOf(stacking, --from))))[0])
  }
  upload.kill('SIGKILL')
  const peak = peakOf(file)
  await sql.close()

  const rows = [...taken].map(([stacking, { first, counted, repeated, during, total }]) => {
    const baseline = plain.get(stacking) ?? Number.NaN
    const isKnown = !Number.isNaN(baseline)
    return [
      stacking.name,
      figure(total),
      figure(first),
      ...[
        median(counted),
        quantile(counted, 0.95),
        quantile(repeated, 0.95),
        median(during),
        quantile(during, 0.95),
      ].map(figure),
      isKnown ? figure(baseline) : '',
      isKnown ? times(baseline / median(counted)) : '',
    ]
  })
  const head = [
    'stacks by',
    'stacks',
    'first ms',
    'p50',
    'p95',
    'repeated p95',
    'during p50',
    'during p95',
    'GROUP BY',
    'ratio',
  ]
  return `Stacks: ${figure(events)} events of ${figure(dests)} dests, ${rounds} rounds; loaded in ${figure(loading)} ms, at most ${figure(peak)} MiB\n\n${table(head, rows)}`
}

/** The first page of stacks by several fields, without HTTP: at first, counted again, repeated, and during an upload. */
export async function benchStacks(folder: string, options: Options): Promise<string> {
  const parts: string[] = []
  const inUse = join(folder, 'stacks-in-use.db')
  const remove = (): void => {
    for (const end of ['', '-wal', '-shm']) rmSync(`${inUse}${end}`, { force: true })
  }
  for (const events of [options.stored, options.stored * 5]) {
    const file = await storeOf(folder, events, options.dests)
    remove()
    copyFileSync(file, inUse, constants.COPYFILE_FICLONE)
    parts.push(await benchSize(inUse, events, options))
  }
  remove()
  return parts.join('\n\n')
}
