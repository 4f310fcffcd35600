import { parentPort } from 'node:worker_threads'
import Database from 'better-sqlite3'
import { requestId } from '#lib/log/request.ts'
import { serve } from './rpc.ts'

class Odd extends Error {
  override name = 'Odd'
  constructor(message: string) {
    super(message, { cause: Object.assign(new Error('the cause'), { code: 'ENOSPC' }) })
  }
}

let calls = 0

/** What the tests of calls between threads call. */
const handlers = {
  add: (a: number, b: number) => a + b,
  later: async (text: string): Promise<string> => text,
  count: () => ++calls,
  odd: (message: string): void => {
    throw new Odd(message)
  },
  text: (): void => {
    throw 'only text'
  },
  sql: (sql: string): void => void new Database(':memory:').exec(sql),
  uncopied: () => () => {},
  sum: (bytes: Uint8Array): number => bytes.reduce((total, each) => total + each, 0),
  request: () => requestId(),
  /** Never answers. */
  never: (): Promise<void> => new Promise(() => {}),
  die: (): void => process.exit(3),
}

export type TestApi = typeof handlers

if (parentPort !== null) serve(parentPort, handlers)
