import type { MessagePort, Transferable } from 'node:worker_threads'
import { log } from '#lib/log/log.ts'
import { requestId, withRequest } from '#lib/log/request.ts'
import { packError, type SentError, unpackError } from './error.ts'

// Asked for at run time, as in spawn.ts.
const { MessageChannel } = process.getBuiltinModule('node:worker_threads')

/** What an interface between threads must be: functions by name. Their arguments and results are copied. */
export type Handlers<Api> = { [Name in keyof Api]: (...args: never[]) => unknown }

type Method<Api extends Handlers<Api>> = keyof Api & string
type Args<Handler> = Handler extends (...args: infer Given) => unknown ? Given : never
type Answer<Handler> = Handler extends (...args: never[]) => infer Given ? Awaited<Given> : never

type Request = { call: number; name: string; args: unknown[]; request?: string }
type Connect = { connect: MessagePort }
type Reply = { call: number; result?: unknown; error?: SentError }

/** Answers one call. Errors, also of a result that cannot be copied, go back to the caller. */
async function answer<Api>(port: Channel, handlers: Handlers<Api>, { call, name, args }: Request): Promise<void> {
  try {
    if (!Object.hasOwn(handlers, name)) throw new UnknownMethod(name)
    const handler = handlers[name as keyof Api] as (...args: unknown[]) => unknown
    port.postMessage({ call, result: await handler(...args) } satisfies Reply)
  } catch (error) {
    port.postMessage({ call, error: packError(error) } satisfies Reply)
  }
}

class UnknownMethod extends Error {
  override name = 'UnknownMethod'
  code = 'ERR_UNKNOWN_METHOD'
  constructor(method: string) {
    super(`This thread has no method ${JSON.stringify(method)}.`)
  }
}

/** What calls cross: a port or worker of this process, or the channel to another process, which moves nothing. */
export type Channel = {
  // biome-ignore lint/suspicious/noExplicitAny: as Node declares the listeners of a worker, a port and a process
  on(event: string, listener: (value: any) => void): unknown
  postMessage(message: unknown, transfer?: readonly Transferable[]): void
}

/**
 * Answers calls that arrive on a port, in the order they come. Errors of a handler go back to the caller. Whoever can call
 * can also open further ports to the same handlers (`connect`).
 */
export function serve<Api extends Handlers<Api>>(port: Channel, handlers: Api): void {
  port.on('message', (message: Request | Connect) => {
    if ('connect' in message) serve(message.connect, handlers)
    else if (message.request === undefined) void answer(port, handlers, message)
    else void withRequest(message.request, () => answer(port, handlers, message))
  })
  port.on('messageerror', (error) => log.error('A call could not be read and stays unanswered.', { error }))
}

/** The calling side of a thread. */
export type Thread<Api extends Handlers<Api>> = {
  /** Calls a method and returns a promise of its result. */
  call<Name extends Method<Api>>(method: Name, ...args: Args<Api[Name]>): Promise<Answer<Api[Name]>>
  /** As `call`, and moves the listed buffers or ports instead of copying them. Here they can no longer be used. */
  callWith<Name extends Method<Api>>(
    transfer: readonly Transferable[],
    method: Name,
    ...args: Args<Api[Name]>
  ): Promise<Answer<Api[Name]>>
  /** Opens another port to the same thread, to hand to a further thread (in its transfer list). */
  connect(): MessagePort
  isDead(): boolean
  /** How many calls have no answer yet. */
  waiting(): number
}

/**
 * The calling side: each call is a promise. When the thread ends or the port is closed, every open call fails with the
 * reason, and so does every later one.
 */
export function callThread<Api extends Handlers<Api>>(target: Channel, name: string): Thread<Api> {
  const open = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>()
  let calls = 0
  let dead: Error | null = null
  const die = (error: Error) => {
    dead ??= error
    for (const { reject } of open.values()) reject(dead)
    open.clear()
  }
  target.on('message', ({ call, result, error }: Reply) => {
    const waiting = open.get(call)
    open.delete(call)
    if (error === undefined) waiting?.resolve(result)
    else waiting?.reject(unpackError(error))
  })
  target.on('error', (error) => {
    log.error(`The ${name} thread failed.`, { error })
    die(error as Error)
  })
  // An answer that cannot be read belongs to a call that is not known.
  target.on('messageerror', (error) => die(error as Error))
  target.on('exit', (code) => die(new Error(`The ${name} thread ended with code ${code}.`)))
  target.on('close', () => die(new Error(`The port to the ${name} thread was closed.`)))

  function send(transfer: readonly Transferable[], method: string, args: unknown[]): Promise<never> {
    if (dead !== null) return Promise.reject(dead)
    return new Promise((resolve, reject) => {
      calls += 1
      const request = requestId()
      const message: Request = { call: calls, name: method, args, ...(request === undefined ? {} : { request }) }
      // Throws, and so rejects, if an argument cannot be copied: only what was sent waits for an answer.
      target.postMessage(message, transfer)
      open.set(calls, { resolve: resolve as (result: unknown) => void, reject })
    })
  }

  return {
    call: (method, ...args) => send([], method, args),
    callWith: (transfer, method, ...args) => send(transfer, method, args),
    connect: () => {
      const { port1, port2 } = new MessageChannel()
      target.postMessage({ connect: port1 } satisfies Connect, [port1])
      return port2
    },
    isDead: () => dead !== null,
    waiting: () => open.size,
  }
}
