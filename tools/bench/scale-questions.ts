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

/** Opens the query layer of the checkout in `root`. This is the only place that knows the interfaces of both checkouts. */
async function openTree(root: string): Promise<Tree> {
  const load = <Module>(path: string): Promise<Module> => import(pathToFileURL(join(root, path)).href)
  const { getStore, closeStore } = await load<typeof import('#lib/store/open.ts')>('lib/store/open.ts')
  const { isTable, tables } = await load<typeof import('#lib/http/tables.ts')>('lib/http/tables.ts')
  const { parseParams, searchParamsOf } = await load<typeof import('#lib/params/parse.ts')>('lib/params/parse.ts')
  const { selectOverview } = await load<typeof import('#lib/query/overview.ts')>('lib/query/overview.ts')
  const { selectWall } = await load<typeof import('#lib/query/wall.ts')>('lib/query/wall.ts')
  const store = await getStore()
  return {
    table: async (name, query) => {
      if (!isTable(name)) throw new Error(`${root} has no table ${name}.`)
      const { params, problems } = parseParams(
        searchParamsOf(new URL(`http://localhost/?${query}`)),
        name,
        [],
        'export',
      )
      if (problems.length > 0)
        throw new Error(`${name}?${query} is not understood by ${root}: ${JSON.stringify(problems)}`)
      return (await tables[name].select(store, params)).total
    },
    overview: async () => (await selectOverview(store)).events,
    wall: async () => (await selectWall(store, { anchor: 'newest' })).last7d.events,
    // The baseline has no closeStore: there is nothing but the store to close.
    close: () => (closeStore === undefined ? store.close() : closeStore()),
  }
}

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
