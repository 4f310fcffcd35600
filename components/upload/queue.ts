import { announce } from '#components/ui/announce.ts'
import { apiPaths } from '#lib/params/api-paths.ts'
import { countOf } from '#lib/text/number.ts'
import { visibleText } from '#lib/text/visible.ts'
import { sendFile } from './send.ts'
import { resumableFrom, sendInPieces } from './send-resumable.ts'
import type { Sending } from './sending.ts'

/** Files sent at the same time; the server reads as many side by side. */
const atOnce = 2

// The queue outlives the screen: a reader can look elsewhere while files are sent.
let sendings: readonly Sending[] = []
const aborts = new Map<string, () => void>()
const listeners = new Set<() => void>()

const none: readonly Sending[] = []
export const currentSendings = (): readonly Sending[] => sendings
export const noSendings = (): readonly Sending[] => none

/** Calls `listen` after every change; gives the way to stop. */
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

/** Puts files into the queue; `tz` is the zone of local times in them, `dest` the host of records that name none, or ''. */
export function sendFiles(files: File[], { tz, dest }: Pick<Sending, 'tz' | 'dest'>): void {
  const added = files.map(
    (file): Sending => ({
      id: crypto.randomUUID(),
      file,
      tz,
      dest,
      state: 'waiting',
      sent: 0,
      startedAt: 0,
      receipt: null,
      error: null,
    }),
  )
  change([...sendings, ...added])
  sendNext()
}

function sendNext(): void {
  const under = sendings.filter(({ state }) => state === 'sending').length
  const next = sendings.find(({ state }) => state === 'waiting')
  if (next === undefined || under >= atOnce) return
  update(next.id, { state: 'sending', startedAt: performance.now() })
  const send = next.file.size >= resumableFrom ? sendInPieces : sendFile
  const { abort, ending } = send(next, (progress) => {
    // An answer on its progress may arrive after the file has ended, and is older than the receipt.
    if (isSending(next.id)) update(next.id, progress)
  })
  aborts.set(next.id, abort)
  ending.then((end) => {
    aborts.delete(next.id)
    if (isSending(next.id)) {
      update(next.id, end)
      announce(endWords(next.file.name, end))
    }
    sendNext()
  })
  sendNext()
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

/** Takes files that have ended off the list. */
export const clearEnded = (): void => change(sendings.filter(({ state }) => state === 'waiting' || state === 'sending'))
