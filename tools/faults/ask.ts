import { Agent, type IncomingMessage, request } from 'node:http'
import { Readable } from 'node:stream'
import { NotSurvived } from './kind.ts'

/** After this many milliseconds without an answer, the server is taken for hung. It gives up a question itself after 60 s, and one that waits as long. */
const guard = 90_000

export type Asked = {
  method?: string
  headers?: Record<string, string>
  body?: Uint8Array | AsyncIterable<Uint8Array>
  /** The loopback address that the request comes from: another one is another client. */
  from?: string
}

export type Answer = { status: number; headers: IncomingMessage['headers']; text: string; ms: number }

/** Asks on a connection of its own and reads the answer. @throws if the connection breaks; NotSurvived if nothing comes. */
export function ask(url: string, { method = 'GET', headers = {}, body, from }: Asked = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const began = performance.now()
    const local = from === undefined ? {} : { localAddress: from }
    // If the connection is to be closed, a server that refuses a body closes it at once: the answer can be lost on its way.
    const agent = new Agent({ keepAlive: true })
    const asked = request(url, { method, headers, agent, ...local }, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.on('error', reject)
      answer.on('end', () => {
        const text = Buffer.concat(parts).toString()
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text, ms: performance.now() - began })
      })
    })
    asked.setTimeout(guard, () =>
      asked.destroy(new NotSurvived(`${method} ${url.slice(0, 200)} had no answer in ${guard / 1000} s.`)),
    )
    asked.on('error', reject)
    asked.on('close', () => agent.destroy())
    if (body === undefined) asked.end()
    else if (body instanceof Uint8Array) asked.end(body)
    else Readable.from(body).on('error', reject).pipe(asked)
  })
}
