import { announce } from '#components/ui/announce.ts'
import { samplePrefix } from '#lib/model/upload.ts'
import { apiPaths } from '#lib/params/api-paths.ts'
import { countOf } from '#lib/text/number.ts'
import { visibleText } from '#lib/text/visible.ts'
import type { End, Progress } from './send.ts'
import { isUnderWay, type Sending } from './sending.ts'

/** Files from this size on are sent in pieces, so that a lost connection does not start them over. */
const resumableFrom = 50 * 1024 * 1024

/** Files sent at the same time; the server reads as many side by side. */
const atOnce = 2

// The queue outlives the screen: a reader can look elsewhere while files are sent.
let sendings: readonly Sending[] = []
const aborts = new Map<string, () => void>()
const listeners = new Set<() => void>()

const none: readonly Sending[] = []
export const currentSendings = (): readonly Sending[] => sendings
export const noSendings = (): readonly Sending[] => none

/** Calls `listen` after every change; returns what stops that. */
export function onSendings(listen: () => void): () => void {
  listeners.add(listen)
  return () => listeners.delete(listen)
}

function change(next: readonly Sending[]): void {
  sendings = next
  for (const listen of listeners) listen()
}

function update(id: string, changes: Partial<Sending>): void {
  change(sendings.map((sending) => (sending.id === id ? { ...sending, ...changes } : sending)))
}

const isSending = (id: string): boolean => sendings.some((each) => each.id === id && each.state === 'sending')

const unsent = { state: 'waiting', sent: 0, startedAt: 0, receipt: null, error: null } as const
let batches = 0

function add(added: Pick<Sending, 'id' | 'name' | 'file' | 'size' | 'tz' | 'dest'>[]): void {
  batches += 1
  change([...sendings, ...added.map((each) => ({ ...each, ...unsent, batch: batches }))])
  sendNext()
}

/** Puts files into the queue; `tz` is the zone of local times in them, `dest` the host of records that name none, or ''. */
export function sendFiles(files: File[], { tz, dest }: Pick<Sending, 'tz' | 'dest'>): void {
  add(files.map((file) => ({ id: crypto.randomUUID(), name: file.name, file, size: file.size, tz, dest })))
}

/** Puts the sample fleet into the queue. */
export function sendSample(): void {
  const id = samplePrefix + crypto.randomUUID()
  add([{ id, name: 'Sample fleet (simulated)', file: null, size: null, tz: 'UTC', dest: '' }])
}

function sendNext(): void {
  const under = sendings.filter(({ state }) => state === 'sending').length
  const next = sendings.find(({ state }) => state === 'waiting')
  if (next === undefined || under >= atOnce) return
  update(next.id, { state: 'sending', startedAt: performance.now() })
  void send(next).then((end) => {
    aborts.delete(next.id)
    if (isSending(next.id)) {
      update(next.id, end)
      announce(endWords(next.name, end))
    }
    sendNext()
  })
  sendNext()
}

async function send(sending: Sending): Promise<End> {
  const { id } = sending
  const begin = await loadSender(sending)
  if (begin === null) return { state: 'failed', receipt: null, error: 'The page could not load its script. Reload it.' }
  if (!isSending(id)) return { state: 'failed', receipt: null, error: 'The upload was cancelled.' }
  const { abort, ending } = begin((progress: Progress) => {
    // An answer on its progress may arrive after the file has ended, and is older than the receipt.
    if (isSending(id)) update(id, progress)
  })
  aborts.set(id, abort)
  return ending
}

type Begin = (report: (progress: Progress) => void) => { abort: () => void; ending: Promise<End> }

/** Returns what sends a file, or null if it could not be loaded. It is loaded only now: most visits send nothing. */
async function loadSender({ file, ...sending }: Sending): Promise<Begin | null> {
  try {
    const { loadSample, sendFile } = await import('./send.ts')
    if (file === null) return (report) => loadSample(sending.id, report)
    if (file.size < resumableFrom) return (report) => sendFile({ ...sending, file }, report)
    const { sendInPieces } = await import('./send-resumable.ts')
    return (report) => sendInPieces({ ...sending, file }, report)
  } catch {
    return null
  }
}

function endWords(name: string, { receipt, error }: Pick<Sending, 'receipt' | 'error'>): string {
  if (receipt === null) return `${visibleText(name)} was not read: ${error}`
  return `${visibleText(name)}: ${countOf(receipt.records, 'record')} read, ${countOf(receipt.stored, 'event')} stored`
}

/** Stops sending a file and has the server forget what it has read of it. */
export async function cancelSending(id: string): Promise<void> {
  const abort = aborts.get(id)
  update(id, { state: 'cancelled' })
  abort?.()
  if (abort !== undefined) await fetch(apiPaths.upload(id), { method: 'DELETE' }).catch(() => {})
}

/** Takes files that are finished off the list. */
export const clearFinished = (): void => change(sendings.filter(isUnderWay))
