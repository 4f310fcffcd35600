import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { crc32 } from 'node:zlib'
import { dice } from '#lib/formats/testing.ts'
import { type Fixture, openFixture, sendLog } from '#lib/ingest/testing.ts'
import type { Receipt } from '#lib/model/rows.ts'
import { hold } from './finding.ts'
import { newTally, type Tally } from './tally.ts'

type Sent = { state: string; message: string; receipts: Receipt[] }

let fixture: Fixture | null = null

/**
 * Unpacks a container by the way of every upload, into a database, twice in different pieces: the receipts add up, say
 * the same, and nothing is left when it is undone. @throws Finding.
 */
export async function checkContainer(bytes: Buffer): Promise<Tally> {
  fixture ??= openFixture()
  const roll = dice(crc32(bytes))
  const smallest = Math.ceil(bytes.length / 5000)
  const sent = await send(fixture, bytes, bytes.length || 1)
  holdEnding(sent)
  for (const receipt of sent.receipts) holdReceipt(receipt)
  holdSum(sent)
  const again = await send(fixture, bytes, smallest + roll(3000))
  const isSame = isDeepStrictEqual(comparable(again), comparable(sent))
  hold(isSame, 'cut', () => `${inWords(again)} in pieces, ${inWords(sent)} at once`)
  return tallyOf(sent)
}

/** Sends a log, takes its receipts, and undoes it. */
async function send(to: Fixture, bytes: Buffer, size: number): Promise<Sent> {
  const { id, ending, receipt } = await sendLog(to, bytes, { size, tz: 'Europe/Berlin' })
  const receipts = receipt === null ? [] : [receipt, ...(await to.reads.logs(id))]
  await holdKept(to, receipts)
  to.writer.undoUpload(id)
  const [left] = await to.sql.all<{ events: number }>('SELECT count(*) AS events FROM event')
  hold(left?.events === 0, 'undo', () => `${left?.events} events are left after the undo`)
  const folder = join(process.env.DATA_DIR ?? '', 'incoming')
  hold(!hasFiles(folder), 'files', () => `files are left in ${folder}`)
  const message = ending === null || ending.state === 'done' ? '' : ending.message
  return { state: ending?.state ?? 'lost', message, receipts }
}

function hasFiles(folder: string): boolean {
  try {
    return readdirSync(folder).length > 0
  } catch {
    // ENOENT: without the folder there are no files in it.
    return false
  }
}

/** What is in the database is what the receipts say. */
async function holdKept(to: Fixture, receipts: Receipt[]): Promise<void> {
  const counts = 'SELECT (SELECT count(*) FROM event) AS stored, (SELECT count(*) FROM reject) AS rejects'
  const [kept] = await to.sql.all<{ stored: number; rejects: number }>(counts)
  const [receipt] = receipts
  const isTrue = kept?.stored === (receipt?.stored ?? 0) && kept?.rejects === (receipt?.rejects ?? 0)
  hold(isTrue, 'kept', () => `${JSON.stringify(kept)} are in the database; the receipt says ${JSON.stringify(receipt)}`)
}

/** An upload is refused with words about the file, never with those of a bug. */
function holdEnding({ state, message, receipts }: Sent): void {
  const bug = /undefined|not a function|Cannot read|is not iterable|RangeError|ERR_|SQLITE|null/
  const messages = [message, ...receipts.map(({ error }) => error ?? '')]
  for (const each of messages) hold(!bug.test(each), 'message', () => `${state}: ${each}`)
  hold(state === 'done' || message !== '', 'message', () => `${state} without a reason`)
}

const othersOf = ({ otherCodes }: Receipt): number => Object.values(otherCodes).reduce((sum, count) => sum + count, 0)

function holdReceipt(receipt: Receipt): void {
  const { records, stored, duplicates, rejects, state } = receipt
  const sum = stored + duplicates + othersOf(receipt) + rejects
  hold(records === sum, 'sum', () => `${records} records, the sum is ${sum}: ${JSON.stringify(receipt)}`)
  hold(state !== 'failed' || records === 0, 'failed', () => `failed, and yet ${records} records`)
  hold(state === 'done' || state === 'failed', 'state', () => `it ended as ${state}`)
}

/** An archive is the sum of its logs, and one reject more if it was itself damaged. */
function holdSum({ receipts: [receipt, ...logs] }: Sent): void {
  if (receipt === undefined || logs.length === 0 || receipt.state === 'failed') return
  const sum = logs.reduce((total, { records }) => total + records, 0)
  const own = receipt.rejects - logs.reduce((total, { rejects }) => total + rejects, 0)
  const adds = receipt.records === sum + own && (own === 0 || own === 1)
  hold(adds, 'sum', () => `${receipt.records} records, ${sum} in its ${logs.length} logs, ${own} rejects of its own`)
}

const comparable = ({ state, message, receipts }: Sent) => ({
  state,
  message,
  // How much of a log had come when it failed is not the same.
  receipts: receipts.map(({ id, createdAt, finishedAt, bytesRead, ...receipt }) => receipt),
})

const inWords = ({ state, message, receipts }: Sent): string =>
  `${state} ${message} ${receipts.map(({ name, records, stored, rejects, error }) => `${name}: ${records} ${stored} ${rejects} ${error ?? ''}`)}`

function tallyOf({ state, receipts: [receipt] }: Sent): Tally {
  const tally = { ...newTally(), mutants: 1, refused: state === 'done' ? 0 : 1 }
  if (receipt === undefined) return tally
  const { records, stored, duplicates, rejects } = receipt
  return {
    ...tally,
    records,
    events: stored + duplicates,
    others: othersOf(receipt),
    rejects: { 'of every reason': rejects },
  }
}
