import { parentPort } from 'node:worker_threads'
import { check } from './check.ts'
import { Finding } from './finding.ts'
import type { Subject } from './subjects.ts'
import type { Tally } from './tally.ts'

/** What is wrong with the reading of a mutant: the promise that was broken, and how. */
export type Broken = { kind: string; message: string }

/** What the thread answers to one mutant. */
export type Judgement = { tally: Tally; broken: null } | { tally: null; broken: Broken }

const most = 2000

function brokenBy(error: unknown): Broken {
  if (error instanceof Finding) return { kind: error.kind, message: error.message.slice(0, most) }
  const { name, stack } = error instanceof Error ? error : { name: 'thrown', stack: String(error) }
  return { kind: `crash ${name}`, message: (stack ?? '').slice(0, most) }
}

parentPort?.on('message', async ({ subject, bytes }: { subject: Subject; bytes: Uint8Array }) => {
  const judgement: Judgement = await check(subject, Buffer.from(bytes)).then(
    (tally) => ({ tally, broken: null }),
    (error) => ({ tally: null, broken: brokenBy(error) }),
  )
  parentPort?.postMessage(judgement)
})
