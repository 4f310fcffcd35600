import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream, readFileSync, statSync } from 'node:fs'
import { Agent, type IncomingMessage, request } from 'node:http'
import { basename } from 'node:path'

/** The server itself, in a process of its own, as `npm start` runs it. */
export type Server = {
  /** Answers to a GET: status, and the body read to its end. */
  get: (path: string) => Promise<{ status: number; body: string }>
  /** Answers to a POST without a body. */
  post: (path: string) => Promise<{ status: number; body: string }>
  /** Its address, without a slash at the end. */
  url: string
  /** Sends a file as an upload and returns the answer; `sent.abort()` breaks off. */
  send: (file: string, signal?: AbortSignal) => Promise<{ status: number; body: string }>
  /** Megabytes resident at most since its start; null if the system does not tell. */
  peakMemory: () => number | null
  stop: () => Promise<void>
}

type Answer = { status: number; body: string }

async function answerOf(response: IncomingMessage): Promise<Answer> {
  let body = ''
  response.setEncoding('utf8')
  for await (const piece of response) body += piece
  return { status: response.statusCode ?? 0, body }
}

/** Starts the server over a folder of data, on a free port. */
export async function startServer(dataFolder: string): Promise<Server> {
  const { HOST: _, DATABASE_URL: __, ...rest } = process.env
  const env = { ...rest, NODE_ENV: 'production' as const, PORT: '0', DATA_DIR: dataFolder }
  const child = spawn(process.execPath, ['bin/serve.ts'], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const end = () => child.kill()
  process.on('exit', end)
  const port = await new Promise<number>((resolve, reject) => {
    let text = ''
    child.stdout.on('data', (piece) => {
      text += piece
      const found = /http:\/\/127\.0\.0\.1:(\d+)/.exec(text)?.[1]
      if (found !== undefined) resolve(Number(found))
    })
    child.on('close', (code) => reject(new Error(`The server ended with code ${code} before it was up.`)))
  })
  const agent = new Agent({ keepAlive: true })
  const ask = (method: string, path: string) => request({ host: '127.0.0.1', port, method, path, agent })
  const answered = async (method: string, path: string): Promise<Answer> => {
    const asking = ask(method, path)
    asking.end()
    const [response] = await once(asking, 'response')
    return answerOf(response)
  }

  return {
    url: `http://127.0.0.1:${port}`,
    get: (path) => answered('GET', path),
    post: (path) => answered('POST', path),
    send: async (file, signal) => {
      const asking = ask('POST', `/api/v1/uploads?name=${encodeURIComponent(basename(file))}`)
      asking.setHeader('Content-Length', statSync(file).size)
      signal?.addEventListener('abort', () => asking.destroy())
      createReadStream(file, { highWaterMark: 256 * 1024 }).pipe(asking)
      const [response] = await once(asking, 'response')
      return answerOf(response)
    },
    peakMemory: () => {
      if (process.platform !== 'linux') return null
      const kilobytes = /VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]
      return kilobytes === undefined ? null : Number(kilobytes) / 1024
    },
    stop: async () => {
      agent.destroy()
      const closed = once(child, 'close')
      child.kill('SIGTERM')
      await closed
      process.off('exit', end)
    },
  }
}
