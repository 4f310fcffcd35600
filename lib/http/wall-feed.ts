import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Actor } from '#lib/access/actor.ts'
import { context } from '#lib/access/context.ts'
import { isStillValid, onChange } from '#lib/access/identities.ts'
import { log } from '#lib/log/log.ts'
import { wallData } from '#lib/model/figures.ts'
import { errorAnswer, notAllowed, problemsAnswer, sendAnswer } from './answer.ts'
import { apiWriter } from './api-writer.ts'
import { currentWall, type WallAsked, wallKey, wallParams } from './wall-figures.ts'
import { isDisplay, wallFor } from './wall-redacted.ts'

/** A browser that listens. */
type Screen = {
  response: ServerResponse
  /** Who listens; null if it came by the local socket, which nobody is signed out of. */
  actor: Actor | null
  address: string
  /** When it stopped reading; null if it takes what it is sent. */
  stuckSince: number | null
}

/** The screens that ask for the same and may see the same. They all get the same bytes. */
type Channel = { screens: Set<Screen>; last: Buffer | null; isComputing: boolean; timer: NodeJS.Timeout }
type Shown = { asked: WallAsked; actor: Actor }

const headers = {
  'Content-Type': 'text/event-stream',
  'Cache-Control': 'no-store, no-transform',
  'X-Accel-Buffering': 'no',
}

const apiWall = apiWriter(wallData)

/** A comment, which no browser shows: proxies do not take the connection for a dead one. */
const heartbeat = Buffer.from(': no new message yet\n\n')

/** Writes to a screen, unless it still has to take what it was sent before: no more than one message waits for it. */
function write(screen: Screen, bytes: Buffer): void {
  const { response } = screen
  if (response.writableLength > 0) {
    screen.stuckSince ??= Date.now()
  } else {
    screen.stuckSince = null
    response.write(bytes)
  }
}

/** What a screen hears before its answer ends because its token or session is not valid any more. */
const ended = Buffer.from('event: ended\ndata: {}\n\n')

/** Ends the screens whose token or session is not valid any more. What a screen has not read yet is left behind. */
function endInvalid(screens: Iterable<Screen>): void {
  const now = Date.now()
  for (const { actor, response } of screens)
    if (actor !== null && !response.writableEnded && !isStillValid(actor, now)) response.end(ended)
}

/**
 * Opens the feed of the wall, as server-sent events: a message every `beat` milliseconds, computed and written out once
 * for all screens, and only while there are any. A screen that reads nothing for `patience` milliseconds is closed.
 * `most` screens are served, `mostOfAddress` of one address; further ones get 503. A screen whose token or session is revoked or
 * expires hears `ended` at the next beat at the latest, and its answer ends.
 */
export function openWallFeed({ beat = 5000, patience = 60_000, most = 2000, mostOfAddress = 1500 } = {}) {
  const channels = new Map<string, Channel>()
  const screens = () => [...channels.values()].flatMap((channel) => [...channel.screens])
  onChange(() => endInvalid(screens()))

  async function broadcast({ asked, actor }: Shown, channel: Channel): Promise<void> {
    endInvalid(channel.screens)
    const closing = [...channel.screens].filter(({ stuckSince }) => Date.now() - (stuckSince ?? Infinity) > patience)
    for (const { response } of closing) response.destroy()
    const all = (bytes: Buffer) => channel.screens.forEach((screen) => void write(screen, bytes))
    if (channel.isComputing) return all(heartbeat)
    channel.isComputing = true
    try {
      channel.last = Buffer.from(`data: ${JSON.stringify(apiWall(wallFor(actor, await currentWall(asked))))}\n\n`)
      all(channel.last)
    } catch (error) {
      log.error('The figures of the wall could not be computed. Screens keep the last ones.', { error })
      all(heartbeat)
    } finally {
      channel.isComputing = false
    }
  }

  function open(key: string, shown: Shown): Channel {
    const timer = setInterval(() => broadcast(shown, channel), beat)
    const channel: Channel = { screens: new Set(), last: null, isComputing: false, timer }
    channels.set(key, channel)
    return channel
  }

  function join(shown: Shown, screen: Screen): void {
    const key = `${wallKey(shown.asked)} ${isDisplay(shown.actor)}`
    const channel = channels.get(key) ?? open(key, shown)
    const isFirst = channel.screens.size === 0
    channel.screens.add(screen)
    screen.response.once('close', () => {
      channel.screens.delete(screen)
      if (channel.screens.size > 0) return
      clearInterval(channel.timer)
      if (channels.get(key) === channel) channels.delete(key)
    })
    write(screen, Buffer.concat([Buffer.from(`retry: ${beat}\n\n`), channel.last ?? heartbeat]))
    if (isFirst) void broadcast(shown, channel)
  }

  /** Why a screen is not served; null if it is. */
  function refused(address: string): Response | null {
    const all = screens()
    if (all.length < most && all.filter((screen) => screen.address === address).length < mostOfAddress) return null
    const answer = errorAnswer(503, 'busy', 'Too many screens show the wall. Close some, or try again later.')
    answer.headers.set('Retry-After', '30')
    return answer
  }

  /** Answers a request for the feed; the answer ends when the screen leaves. */
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method, url = '' } = request
    if (method !== 'GET' && method !== 'HEAD') return sendAnswer(response, notAllowed('GET').POST())
    const { asked, problems } = wallParams(new URL(url, 'http://localhost'))
    if (problems.length > 0) return sendAnswer(response, problemsAnswer(problems))
    const { actor, address: client } = await context()
    const address = client ?? 'local'
    const refusal = refused(address)
    if (refusal !== null) return sendAnswer(response, refusal)
    response.writeHead(200, headers)
    if (method === 'HEAD') return void response.end()
    const isOfSocket = actor.kind === 'local' && client === null
    join({ asked, actor }, { response, actor: isOfSocket ? null : actor, address, stuckSince: null })
  }

  return { answer }
}
