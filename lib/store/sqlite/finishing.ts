import type { Continuity } from '#lib/model/continuity.ts'
import type { openCalls } from './calls.ts'

type Calls = ReturnType<typeof openCalls>['calls']
type Ready = {
  continuity: Continuity | null
  resolve: () => void
  reject: (error: unknown) => void
  /** Names of the uploads that it waits for. */
  waits: string[]
  isTried: boolean
  again: boolean
}

/**
 * Ends uploads that were read completely. One that counted events as duplicates of uploads that are still open ends after
 * them, or together with them if they wait for one another; it fails if one of them is removed. `transact` runs a
 * write and resolves after its commit.
 */
export function openFinishing(
  { finishReady }: Pick<Calls, 'finishReady'>,
  transact: <Result>(work: () => Result) => Promise<Result>,
) {
  const ready = new Map<string, Ready>()

  async function attempt(id: string, upload: Ready): Promise<void> {
    if (upload.isTried) {
      upload.again = true
      return
    }
    upload.isTried = true
    try {
      const { ended, waits } = await transact(() => finishReady(id, ready))
      upload.waits = waits
      for (const each of ended) {
        ready.get(each)?.resolve()
        ready.delete(each)
      }
      if (ended.length > 0) retry()
    } catch (error) {
      ready.delete(id)
      upload.reject(error)
    }
    upload.isTried = false
    if (!upload.again || !ready.has(id)) return
    upload.again = false
    void attempt(id, upload)
  }

  /** Call when an upload has ended or is being removed: others may have waited for it. */
  function retry(): void {
    for (const [id, upload] of ready) void attempt(id, upload)
  }

  return {
    /** Resolves when the upload has ended. @throws OverlapGone, UploadGone, or the store's errors */
    finish: (id: string, continuity: Continuity | null): Promise<void> =>
      new Promise((resolve, reject) => {
        const upload: Ready = { continuity, resolve, reject, waits: [], isTried: false, again: false }
        ready.set(id, upload)
        void attempt(id, upload)
      }),
    retry,
    /** The names of the uploads that each upload waits for before it can end, by its id. */
    waits: (): Record<string, string[]> =>
      Object.fromEntries([...ready].filter(([, { waits }]) => waits.length > 0).map(([id, { waits }]) => [id, waits])),
  }
}
