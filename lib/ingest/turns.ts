/** Milliseconds that an upload may wait for its sender in one turn, in all. Then others go first. */
const usualPatience = 250

/** One upload's place among those that are read. */
export type Turn = ReturnType<ReturnType<typeof openTurns>['open']>

/**
 * Turns at reading, `atOnce` of which are held at the same time. An upload has one only while it has bytes to read, so
 * any number of slow senders share them, and nobody waits for one that has stalled. With endless `patience` a turn is held to
 * the end.
 */
export function openTurns(atOnce: number, patience = usualPatience) {
  const holders = new Set<string>()
  const line: { id: string; go: () => void }[] = []

  function pass(): void {
    while (holders.size < atOnce) {
      const next = line.shift()
      if (next === undefined) return
      holders.add(next.id)
      next.go()
    }
  }

  return {
    /** The ids of the uploads that hold a turn. */
    holders: (): string[] => [...holders],
    open: (id: string) => {
      let waited = 0
      let began = 0
      let spent = 0
      let isOver = false
      const over = () => new Error(`Upload ${id} has ended and takes no further turn.`)

      /** Resolves when it is the upload's turn. @throws the signal's reason if it is stopped in line, or that it has ended. */
      async function take(signal: AbortSignal): Promise<void> {
        signal.throwIfAborted()
        if (isOver) throw over()
        await new Promise<void>((resolve, reject) => {
          const leaveLine = () => {
            line.splice(line.indexOf(place), 1)
            reject(signal.reason)
          }
          const go = () => {
            signal.removeEventListener('abort', leaveLine)
            resolve()
          }
          const place = { id, go }
          signal.addEventListener('abort', leaveLine, { once: true })
          line.push(place)
          pass()
        })
        waited = 0
        began = performance.now()
        if (!isOver) return
        leave()
        throw over()
      }
      function leave(): void {
        if (!holders.delete(id)) return
        spent += performance.now() - began
        pass()
      }
      /** Ends the upload's turns: what still waits for its bytes, or in line, never gets another one. */
      function end(): void {
        isOver = true
        leave()
      }
      /** Waits for bytes. What takes longer than a moment is waited for without a turn. */
      async function pause(bytes: Promise<void>, signal: AbortSignal): Promise<void> {
        if (patience === Number.POSITIVE_INFINITY) return bytes
        const from = performance.now()
        let timer: NodeJS.Timeout | undefined
        const late = new Promise<'late'>((resolve) => {
          timer = setTimeout(resolve, Math.max(patience - waited, 0), 'late')
        })
        const first = await Promise.race([bytes, late]).finally(() => clearTimeout(timer))
        waited += performance.now() - from
        if (first !== 'late') return
        leave()
        await bytes
        await take(signal)
      }
      return {
        take,
        leave,
        end,
        pause,
        /** Whether the upload waits in line. */
        isInLine: (): boolean => line.some((place) => place.id === id),
        /** Milliseconds that the upload has held a turn so far. */
        spent: (): number => spent + (holders.has(id) ? performance.now() - began : 0),
      }
    },
  }
}
