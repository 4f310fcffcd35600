import type { Answer } from './ask.ts'
import { expect, type Figure } from './kind.ts'
import type { Site } from './site.ts'

/** Another client than those that ask too much. */
const somebodyElse = '127.0.0.2'

/** What others ask meanwhile: its name, how it is asked, and the statuses that are right. */
type Asking = [of: string, ask: (site: Site) => Promise<Answer>, ...fine: number[]]

const reading: Asking[] = [
  ['health', (site) => site.get('/api/v1/health', somebodyElse), 200],
  ['page', (site) => site.get('/stacking', somebodyElse), 200],
]
const writing: Asking[] = [
  ['upload', (site) => site.send(site.ledger.add(3), undefined, somebodyElse), 201],
  ['sample', (site) => site.loadSample(somebodyElse), 201, 200],
]

async function askInTurn(site: Site, askings: Asking[], busy: Promise<unknown>): Promise<Figure[]> {
  let isOver = false
  const over = busy.finally(() => {
    isOver = true
  })
  // Awaited below, after what others asked is answered.
  over.catch(() => {})
  const figures: Figure[] = []
  do {
    for (const [of, ask, ...fine] of askings) {
      const { status, ms, text } = await ask(site)
      expect(fine.includes(status), `Meanwhile ${of} was answered with ${status}: ${text.slice(0, 300)}`)
      figures.push({ of, ms })
    }
  } while (!isOver)
  await over
  return figures
}

/** Asks for health and a page as somebody else does, until `busy` is over. Returns how long each took. @throws NotSurvived */
export const watch = (site: Site, busy: Promise<unknown>): Promise<Figure[]> => askInTurn(site, reading, busy)

/** The same, and sends uploads and loads the sample as well. */
export const watchAll = (site: Site, busy: Promise<unknown>): Promise<Figure[]> =>
  askInTurn(site, [...reading, ...writing], busy)

/** The same, but every place for an upload may be taken: then a sender is asked to come again. */
export const watchFull = (site: Site, busy: Promise<unknown>): Promise<Figure[]> =>
  askInTurn(site, [...reading, ...writing.map((asking): Asking => [...asking, 503])], busy)
