import type { MessagePort, Worker } from 'node:worker_threads'

type Handlers = Record<string, (...args: never[]) => unknown>
type Request = { call: number; name: string; args: unknown[] }
type Reply = { call: number; result?: unknown; error?: { message: string; stack?: string } }

/** Answers calls that arrive on a port, in the order they come. What a handler throws goes back to the caller. */
export function serve(port: MessagePort, handlers: Handlers): void {
  port.on('message', async ({ call, name, args }: Request) => {
    const reply: Reply = { call }
    try {
      reply.result = await handlers[name]?.(...(args as never[]))
    } catch (error) {
      const { message, stack } = error as Error
      reply.error = { message, stack }
    }
    port.postMessage(reply)
  })
}

/** The calling side: each call is a promise. When the thread dies, every open call fails with the reason. */
export function callThread(worker: Worker, name: string) {
  const open = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>()
  let calls = 0
  let dead: Error | null = null
  const die = (error: Error) => {
    dead ??= error
    for (const { reject } of open.values()) reject(dead)
    open.clear()
  }
  worker.on('message', ({ call, result, error }: Reply) => {
    const waiting = open.get(call)
    open.delete(call)
    if (error === undefined) waiting?.resolve(result)
    else waiting?.reject(Object.assign(new Error(error.message), { stack: error.stack }))
  })
  worker.on('error', (error) => die(error as Error))
  worker.on('exit', (code) => die(new Error(`The ${name} thread ended with code ${code}.`)))
  return {
    isDead: () => dead !== null,
    waiting: () => open.size,
    call: <Result>(method: string, ...args: unknown[]): Promise<Result> => {
      if (dead !== null) return Promise.reject(dead)
      return new Promise((resolve, reject) => {
        calls += 1
        open.set(calls, { resolve: resolve as (result: unknown) => void, reject })
        worker.postMessage({ call: calls, name: method, args })
      })
    },
  }
}
