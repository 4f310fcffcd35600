import { type ReadChild, startReadChild } from './read-child.ts'

/**
 * Checks totals in a process of its own: each pair is one statement, which takes seconds in a large store, and small writes would
 * wait for it.
 */
export function openTotalsProcess(file: string) {
  let child: ReadChild | null = null
  async function stop(): Promise<void> {
    await child?.kill()
    child = null
  }
  return {
    /** Returns a sentence for each pair of totals that disagrees. */
    findWrong: async (): Promise<string[]> => {
      child = startReadChild(file, 'totals')
      try {
        return await child.calls.call('checkTotals')
      } finally {
        await stop()
      }
    },
    /** Ends a check that is under way; it fails. */
    stop,
  }
}
