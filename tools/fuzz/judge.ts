import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Subject } from './subjects.ts'
import type { Judgement } from './thread.ts'

/** Seconds that one mutant may take on a machine that does other work too; most take milliseconds. */
const patience = 30
/** Mebibytes of JavaScript heap, and of all memory beyond what the process had before. */
const heap = 256
const memory = 1024

const broken = (kind: string, message: string): Judgement => ({ tally: null, broken: { kind, message } })

/** Judges mutants one after the other in a thread that is stopped, and replaced, if one hangs, grows or crashes. */
export function openJudge(seconds = patience) {
  const folder = mkdtempSync(join(tmpdir(), 'asr-hunt-fuzz-'))
  let thread: Worker | null = null
  let answer: (judgement: Judgement) => void = () => {}

  function start(): Worker {
    const started = new Worker(join(import.meta.dirname, 'thread.ts'), {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      env: { ...process.env, DATA_DIR: folder, TMPDIR: folder, UNPACK_MAX_BYTES: '64000000' },
      resourceLimits: { maxOldGenerationSizeMb: heap },
    })
    started.on('message', (judgement: Judgement) => answer(judgement))
    started.on('error', (error: Error) => give(started, broken(`crash ${error.name}`, error.stack ?? error.message)))
    started.on('exit', (code) => give(started, broken('exit', `the thread ended with code ${code}`)))
    return started
  }

  /** The thread has died, or must. */
  function give(dead: Worker, judgement: Judgement): void {
    if (dead !== thread) return
    thread = null
    void dead.terminate()
    answer(judgement)
  }

  return {
    judge: async (subject: Subject, bytes: Uint8Array): Promise<Judgement> => {
      const judging = thread ?? start()
      thread = judging
      const begun = Date.now()
      const before = process.memoryUsage.rss()
      const watch = setInterval(() => {
        const grown = Math.round((process.memoryUsage.rss() - before) / 2 ** 20)
        if (Date.now() - begun > seconds * 1000) give(judging, broken('hang', `not read after ${seconds} seconds`))
        else if (grown > memory) give(judging, broken('memory', `grew by ${grown} MiB`))
      }, 100)
      const judgement = new Promise<Judgement>((resolve) => {
        answer = resolve
      })
      judging.postMessage({ subject, bytes })
      return judgement.finally(() => clearInterval(watch))
    },
    close: async (): Promise<void> => {
      const last = thread
      thread = null
      await last?.terminate()
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}

export type Judge = ReturnType<typeof openJudge>
