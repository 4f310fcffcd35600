import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** Milliseconds of each round of one question, and the total that its answer has. */
export type Answer = { name: string; ms: number[]; total: number }

type Tree = {
  /** Asks one table and returns its total. */
  table: (name: string, query: string) => Promise<number>
  overview: () => Promise<number>
  wall: () => Promise<number>
  close: () => Promise<void>
}

const load = <Module>(root: string, path: string): Promise<Module> => import(pathToFileURL(join(root, path)).href)

/** Reads the parameters of a table as the checkout does. */
async function paramsOf(root: string, name: string, query: string) {
  const { parseParams, searchParamsOf } = await load<typeof import('#lib/params/parse.ts')>(root, 'lib/params/parse.ts')
  const { isTable } = await load<typeof import('#lib/http/tables.ts')>(root, 'lib/http/tables.ts')
  if (!isTable(name)) throw new Error(`${root} has no table ${name}.`)
  const search = searchParamsOf(new URL(`http://localhost/?${query}`))
  const { params, problems } = parseParams(search, name, [], 'export')
  if (problems.length > 0) throw new Error(`${name}?${query} is not understood by ${root}: ${JSON.stringify(problems)}`)
  return { name, params }
}

/** Opens a checkout whose store answers questions. */
async function openReads(root: string): Promise<Tree> {
  const { getReads, closeStore } = await load<typeof import('#lib/store/open.ts')>(root, 'lib/store/open.ts')
  const { tables } = await load<typeof import('#lib/http/tables.ts')>(root, 'lib/http/tables.ts')
  const { ask } = await load<typeof import('#lib/query/question.ts')>(root, 'lib/query/question.ts')
  const { selectOverview } = await load<typeof import('#lib/query/overview.ts')>(root, 'lib/query/overview.ts')
  const { defaultParams } = await load<typeof import('#lib/params/defaults.ts')>(root, 'lib/params/defaults.ts')
  const { selectWall } = await load<typeof import('#lib/query/wall.ts')>(root, 'lib/query/wall.ts')
  const reads = await getReads()
  return {
    table: async (table, query) => {
      const { name, params } = await paramsOf(root, table, query)
      return (await tables[name].select(reads, await ask(reads, params, Date.now()))).total
    },
    overview: async () => (await selectOverview(reads, await ask(reads, defaultParams('events'), Date.now()))).events,
    wall: async () => (await selectWall(reads, { anchor: 'newest' }, Date.now())).last7d.events,
    close: closeStore,
  }
}

/** The interface of checkouts up to 0.1.0, whose store takes SQL. */
type Old = {
  getStore(): Promise<{ close(): Promise<void> }>
  tables: Record<string, { select(store: unknown, params: unknown): Promise<{ total: number }> }>
  selectOverview(store: unknown): Promise<{ events: number }>
  selectWall(store: unknown, asked: { anchor: 'newest' }): Promise<{ last7d: { events: number } }>
}

async function openStore(root: string): Promise<Tree> {
  const modules = ['store/open', 'http/tables', 'query/overview', 'query/wall']
  const loaded = await Promise.all(modules.map((name) => load<Partial<Old>>(root, `lib/${name}.ts`)))
  const { getStore, tables, selectOverview, selectWall } = Object.assign({}, ...loaded) as Old
  const store = await getStore()
  return {
    table: async (table, query) => {
      const { name, params } = await paramsOf(root, table, query)
      return (await tables[name]?.select(store, params))?.total ?? 0
    },
    overview: async () => (await selectOverview(store)).events,
    wall: async () => (await selectWall(store, { anchor: 'newest' })).last7d.events,
    close: () => store.close(),
  }
}

/** Opens the query layer of the checkout in `root`. This file is the only one that knows the interfaces of both checkouts. */
const openTree = (root: string): Promise<Tree> =>
  existsSync(join(root, 'lib/store/reads.ts')) ? openReads(root) : openStore(root)

const questions = (host: string): readonly [name: string, ask: (tree: Tree) => Promise<number>][] => [
  ['stacking', ({ table }) => table('stacking', '')],
  ['stacking, faithful', ({ table }) => table('stacking', 'mode=faithful')],
  ['stacking, 7 days', ({ table }) => table('stacking', 'last=7d&anchor=newest')],
  ['stacking, one host', ({ table }) => table('stacking', `dest=${encodeURIComponent(host)}`)],
  ['stacking, one process', ({ table }) => table('stacking', 'Process_Name=*winword.exe')],
  ['stacking, by Path', ({ table }) => table('stacking', 'sort=Path')],
  ['stacking, text anywhere', ({ table }) => table('stacking', 'q=rclone')],
  ['audit', ({ table }) => table('audit', '')],
  ['block', ({ table }) => table('block', '')],
  ['registry', ({ table }) => table('registry', '')],
  ['hosts', ({ table }) => table('hosts', 'anchor=newest')],
  ['risk', ({ table }) => table('risk', 'anchor=newest')],
  ['rules', ({ table }) => table('rules', '')],
  ['events, newest', ({ table }) => table('events', '')],
  ['events, one host', ({ table }) => table('events', `dest=${encodeURIComponent(host)}`)],
  ['overview', ({ overview }) => overview()],
  ['wall', ({ wall }) => wall()],
]

/** Asks each question once without measuring it, then `rounds` times. */
async function ask(root: string, host: string, rounds: number): Promise<Answer[]> {
  const tree = await openTree(root)
  const answers: Answer[] = []
  for (const [name, question] of questions(host)) {
    const total = await question(tree)
    const taken: number[] = []
    for (let round = 0; round < rounds; round++) {
      const begun = performance.now()
      await question(tree)
      taken.push(performance.now() - begun)
    }
    answers.push({ name, ms: taken, total })
  }
  await tree.close()
  return answers
}

// tools/bench/scale.ts runs this file in the root of the checkout that it asks, with DATA_DIR set.
const [root, host, rounds] = process.argv.slice(2)
if (root === undefined || host === undefined || rounds === undefined)
  throw new Error('Give the root of a checkout, a host and the number of rounds.')
process.stdout.write(JSON.stringify(await ask(root, host, Number(rounds))))
