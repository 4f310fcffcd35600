import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { inChild } from './child.ts'
import { figure, median, table } from './figures.ts'
import type { Options, Order } from './options.ts'
import { type Baseline, type Checkout, checkOutBaseline, thisCheckout } from './scale-checkouts.ts'
import type { ScaleOptions } from './scale-events.ts'
import { writeByHost, writeByTime, writeTar } from './scale-log.ts'
import type { Answer } from './scale-questions.ts'
import { measureIngest, type Run, type Tree, tenthRates } from './scale-run.ts'

/** How often one process asks each question, and how many processes of each checkout ask, in turns. */
const rounds = 5
const turns = 3
/** Files that one command reads: the length of a command line is limited. */
const filesPerCommand = 250
/** A host that logs no more events than most. */
const usualHost = 'PC-00002.corp.example.com'

/** A log on disk. `lists` has the files of each command. */
type Log = { path: string; title: string; lists: string[][]; bytes: number }

/** Makes a file or folder under another name first: an interrupted run leaves none that looks complete. */
async function make(path: string, write: (path: string) => void | Promise<void>): Promise<void> {
  if (existsSync(path)) return
  const part = `${path}.part`
  rmSync(part, { recursive: true, force: true })
  await write(part)
  renameSync(part, path)
}

async function logOf(folder: string, order: Order, log: ScaleOptions, hostFiles: number): Promise<Log> {
  const name = `scale_events-${log.events}_hosts-${log.hosts}_without-id-${log.withoutId}`
  if (order === 'files') {
    const path = join(folder, `${name}_first-${hostFiles}`)
    await make(path, (part) => writeByHost(log, part, hostFiles))
    const files = readdirSync(path)
      .sort()
      .map((file) => join(path, file))
    const lists = Array.from({ length: Math.ceil(files.length / filesPerCommand) }, (_, index) =>
      files.slice(index * filesPerCommand, (index + 1) * filesPerCommand),
    )
    const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0)
    const title = `Host by host, the first ${figure(files.length)} files, at most ${filesPerCommand} per command`
    return { path, title, lists, bytes }
  }
  const path = join(folder, `${name}${order === 'tar' ? '.tar' : '.xml'}`)
  await make(path, (part) => (order === 'tar' ? writeTar(log, part) : writeByTime(log, part)))
  const title = order === 'tar' ? 'Host by host, all files in one tar archive' : 'By time, all hosts in one file'
  return { path, title, lists: [[path]], bytes: statSync(path).size }
}

type Figure = [what: string, value: (run: Run) => number | null, unit?: string]

const over = (value: number | null, other: number): number | null => (value === null ? null : value / other)

const figures: Figure[] = [
  ['events stored', ({ stored }) => stored],
  ['total', ({ seconds }) => seconds, 's'],
  ['rate', ({ stored, seconds }) => stored / seconds, 'events/s'],
  ...Array.from(
    { length: 10 },
    (_, index): Figure => [`rate, tenth ${index + 1}`, (run) => tenthRates(run)[index] ?? null, 'events/s'],
  ),
  ['last tenth / first tenth', (run) => (tenthRates(run)[9] ?? 0) / (tenthRates(run)[0] ?? 0)],
  ['written, by write calls', ({ wchar }) => over(wchar, 1e6), 'MB'],
  ['written, to the disk', ({ writeBytes }) => over(writeBytes, 1e6), 'MB'],
  ['final files', ({ fileBytes }) => fileBytes / 1e6, 'MB'],
  ['by write calls / final files', ({ wchar, fileBytes }) => over(wchar, fileBytes)],
  ['to the disk / final files', ({ writeBytes, fileBytes }) => over(writeBytes, fileBytes)],
  ['peak memory', ({ peak }) => over(peak, 2 ** 20), 'MiB'],
]

/** Small ratios and times have two decimals; counts, sizes and rates have none. */
const number = (value: number): string =>
  Math.abs(value) < 10 && !Number.isInteger(value) ? value.toFixed(2) : figure(value)
const cell = (value: number | null | undefined, unit = ''): string =>
  value === null || value === undefined || Number.isNaN(value) ? '' : `${number(value)} ${unit}`.trim()
const ratio = (ours: number | null | undefined, theirs: number | null | undefined): string =>
  ours && theirs ? `${(ours / theirs).toFixed(2)} ×` : ''

/** Returns one row: a figure of this checkout and of the baseline, and their ratio. */
const row = (what: string, [ours, theirs]: readonly (number | null | undefined)[], unit?: string): string[] => [
  what,
  cell(ours, unit),
  cell(theirs, unit),
  ratio(ours, theirs),
]

/** B-trees that are smaller than this share of the file in every run have one row together. */
const smallShare = 0.002

function treeRows(runs: readonly Run[]): string[][] {
  const names = new Set(runs.flatMap(({ trees }) => [...trees.keys()]))
  const shareOf = (name: string) =>
    Math.max(...runs.map(({ trees, fileBytes }) => (trees.get(name)?.bytes ?? 0) / fileBytes))
  const large = [...names].filter((name) => shareOf(name) >= smallShare).sort((a, b) => shareOf(b) - shareOf(a))
  const small = [...names].filter((name) => shareOf(name) < smallShare)
  const treeRow = (title: string, wanted: readonly string[]): string[] => {
    const [ours, theirs] = runs.map(({ trees }) => {
      const found = wanted.flatMap((name) => trees.get(name) ?? [])
      if (found.length === 0) return undefined
      const sum = (value: (tree: Tree) => number) => found.reduce((total, tree) => total + value(tree), 0)
      return { pages: sum(({ pages }) => pages), megabytes: sum(({ bytes }) => bytes) / 1e6 }
    })
    const [, own = '', other = '', compared = ''] = row(title, [ours?.megabytes, theirs?.megabytes], 'MB')
    return [title, cell(ours?.pages), own, cell(theirs?.pages), other, compared]
  }
  const others = small.length === 0 ? [] : [treeRow(`the other ${small.length}`, small)]
  return [...large.map((name) => treeRow(name, [name])), ...others]
}

/** Asks the questions of each checkout over its own data, in turns: what else the machine does affects both. */
async function askAll(checkouts: readonly Checkout[], folders: readonly string[]): Promise<Answer[][]> {
  const asked: Answer[][][] = checkouts.map(() => [])
  for (let turn = 0; turn < turns; turn++)
    for (const [index, { root }] of checkouts.entries())
      asked[index]?.push(
        await inChild<Answer[]>('scale-questions.ts', [root, usualHost, String(rounds)], {
          cwd: root,
          dataFolder: folders[index] ?? '',
        }),
      )
  return asked.map(([first = [], ...further]) =>
    first.map(({ name, ms, total }, question) => ({
      name,
      ms: [...ms, ...further.flatMap((answers) => answers[question]?.ms ?? [])],
      total,
    })),
  )
}

function questionRows([ours = [], theirs = []]: readonly Answer[][]): string[][] {
  return ours.map(({ name, ms, total }) => {
    const other = theirs.find((answer) => answer.name === name)
    const isSame = other === undefined || other.total === total
    const totals = isSame ? figure(total) : `${figure(total)}, baseline ${figure(other.total)}`
    return [...row(name, [median(ms), other && median(other.ms)], 'ms'), totals]
  })
}

function baselineOf(folder: string, { baseline, baselineRepo }: Options): Baseline | string {
  try {
    return checkOutBaseline(folder, baselineRepo, baseline)
  } catch (error) {
    const reason = String((error as { stderr?: string }).stderr || (error as Error).message).trim()
    return `No baseline: git could not check out ${baseline}${reason === '' ? '' : ` (${reason.split('\n').at(-1)})`}.`
  }
}

const shortly = (order: Order, { name }: Checkout, run: Run): string =>
  `scale: ${order}, ${name}: ${figure(run.stored)} events in ${figure(run.seconds)} s\n`

/** Stores a log with each checkout and returns the tables of it: figures, B-trees and, by time, questions. */
async function benchOrder(
  folder: string,
  order: Order,
  checkouts: readonly Checkout[],
  options: Options,
): Promise<string[]> {
  const { scaleEvents: events, hosts, withoutId, hostFiles } = options
  const log = await logOf(folder, order, { events, hosts, withoutId, days: 30, seed: 7 }, hostFiles)
  const head = (first: string) => [first, checkouts[0]?.name ?? '', checkouts[1]?.name ?? 'baseline', 'ratio']
  const folders: string[] = []
  try {
    const runs: Run[] = []
    for (const checkout of checkouts) {
      const dataFolder = mkdtempSync(join(folder, 'data-'))
      folders.push(dataFolder)
      const run = await measureIngest(checkout, dataFolder, log.lists)
      runs.push(run)
      // The tables are printed at the end, which may be hours away.
      process.stderr.write(shortly(order, checkout, run))
    }
    const rows = figures.map(([what, value, unit]) => row(what, runs.map(value), unit))
    const [name = '', ours = '', theirs = ''] = head('B-tree')
    const text = [
      `${log.title}, ${figure(log.bytes / 1e6)} MB`,
      table(head('figure'), rows),
      table([name, 'pages', ours, 'pages', theirs, 'ratio'], treeRows(runs)),
    ]
    if (order !== 'time') return text
    const answers = await askAll(checkouts, folders)
    const title = `Questions of the pages after it, median of ${turns} × ${rounds}`
    return [...text, title, table([...head('question'), 'total'], questionRows(answers))]
  } finally {
    for (const dataFolder of folders) rmSync(dataFolder, { recursive: true })
    if (options.folder === null) rmSync(log.path, { recursive: true })
  }
}

/** Stores the log of a large fleet in each order and asks the questions of the pages, with this checkout and with an older commit. */
export async function benchScale(folder: string, options: Options): Promise<string> {
  const { scaleEvents: events, hosts, withoutId, orders } = options
  const baseline = baselineOf(folder, options)
  const checkouts = [thisCheckout(), ...(typeof baseline === 'string' ? [] : [baseline.checkout])]
  const names = checkouts.map(({ name }) => name).join(' and ')
  const text = [
    `Scale: ${figure(events)} events of ${figure(hosts)} hosts, ${withoutId} % without EventRecordID; ${names}`,
    ...(typeof baseline === 'string' ? [baseline] : []),
  ]
  try {
    for (const order of orders) text.push(...(await benchOrder(folder, order, checkouts, options)))
  } finally {
    if (typeof baseline !== 'string') baseline.remove()
  }
  return text.join('\n\n')
}
