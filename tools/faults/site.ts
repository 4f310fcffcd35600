import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Answer, ask } from './ask.ts'
import { expect, type Figure, timed } from './kind.ts'
import { checkLedger, openLedger, type Sent } from './ledger.ts'
import { bytesOf, logOf } from './logs.ts'
import { processesLeft } from './processes.ts'
import { hasEnded, type Running, start, stop } from './server.ts'

/** A server with a data folder of its own and a ledger of what it was sent. */
export class Site {
  readonly folder: string
  readonly ledger = openLedger()
  settings: Record<string, string> = {}
  #running: Running | null = null

  constructor(folder: string) {
    this.folder = folder
  }

  get file(): string {
    return join(this.folder, 'asr-hunt.db')
  }

  /** The server that is up. @throws if there is none. */
  get running(): Running {
    if (this.#running === null) throw new Error('The server of this site is not started.')
    return this.#running
  }

  get isUp(): boolean {
    return this.#running !== null && !hasEnded(this.#running)
  }

  async start(): Promise<Figure> {
    const [running, figure] = await timed('start', () => start(this.folder, this.settings))
    this.adopt(running)
    return figure
  }

  /** Takes a server that was started on the folder for that of this site. */
  adopt(running: Running): void {
    this.#running = running
  }

  /** Ends the server. @throws NotSurvived if it does not end, not with code 0 after SIGTERM, or leaves a process behind. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<Figure> {
    const running = this.running
    this.#running = null
    const [code, figure] = await timed('stop', () => stop(running, signal))
    expect(
      signal === 'SIGKILL' || code === 0,
      `${signal} ended the server with code ${code}. It printed:\n${running.printed()}`,
    )
    const left = await processesLeft(this.file)
    expect(left.length === 0, `${signal} left processes behind: ${left}.`)
    return figure
  }

  url(path: string): string {
    return this.running.url + path
  }

  get(path: string, from?: string): Promise<Answer> {
    return ask(this.url(path), from === undefined ? {} : { from })
  }

  /** Sends an upload that the ledger has, and notes it as acknowledged if the answer is 201. */
  async send(
    sent: Sent,
    body: Uint8Array | AsyncIterable<Uint8Array> = logOf(sent.hosts),
    from?: string,
  ): Promise<Answer> {
    const length = body instanceof Uint8Array ? body.length : bytesOf(sent.hosts)
    const headers = { 'Content-Length': String(length) }
    const url = this.url(`/api/v1/uploads?name=${sent.id}&id=${sent.id}`)
    const answer = await ask(url, { method: 'POST', headers, body, ...(from === undefined ? {} : { from }) })
    if (answer.status === 201) sent.state = 'acknowledged'
    return answer
  }

  /** Loads the sample; a second time, the answer is 200 and nothing changes. */
  async loadSample(from?: string): Promise<Answer> {
    const answer = await ask(this.url('/api/v1/sample'), { method: 'POST', ...(from === undefined ? {} : { from }) })
    if (answer.status === 201) this.ledger.sample(JSON.parse(answer.text).id)
    return answer
  }

  /** Undoes an upload, and notes it as undone if the answer is 204. */
  async undo(sent: Sent): Promise<Answer> {
    sent.state = 'undoing'
    const answer = await ask(this.url(`/api/v1/uploads/${sent.id}`), { method: 'DELETE' })
    if (answer.status === 204) sent.state = 'undone'
    return answer
  }

  /** Compares the database with what was sent. @throws NotSurvived */
  check(): Promise<void> {
    return checkLedger(this.file, this.ledger.uploads)
  }
}

/** Ends the server of a site and removes its data. */
async function closeSite(site: Site): Promise<void> {
  if (site.isUp) await site.stop('SIGKILL')
  await rm(site.folder, { recursive: true, force: true, maxRetries: 5 })
}

/** Runs `work` on a new site and removes it; after a failure its data stays, and the error names the folder. */
export async function onSite<Result>(work: (site: Site) => Promise<Result>, parent = tmpdir()): Promise<Result> {
  const site = new Site(await mkdtemp(join(parent, 'asr-hunt-faults-')))
  try {
    const result = await work(site)
    await closeSite(site)
    return result
  } catch (error) {
    const printed = site.isUp ? site.running.printed() : ''
    if (site.isUp) await site.stop('SIGKILL')
    if (error instanceof Error) error.message += `\nThe data is kept in ${site.folder}. ${lastLines(printed)}`
    throw error
  }
}

const lastLines = (printed: string): string =>
  printed === '' ? '' : `The server printed last:\n${printed.trimEnd().split('\n').slice(-12).join('\n')}`

/** The same on a site that is up and has the sample. */
export const onFilledSite = <Result>(work: (site: Site) => Promise<Result>): Promise<Result> =>
  onSite(async (site) => {
    await site.start()
    const { status, text } = await site.loadSample()
    expect(status === 201, `The sample was answered with ${status}: ${text}`)
    return work(site)
  })
