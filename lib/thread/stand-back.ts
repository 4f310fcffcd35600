import { setPriority } from 'node:os'

/** How far the calling thread steps back: nice 10 gets a tenth of a core that another thread wants. */
const nice = 10

/**
 * Lets the threads that answer pages go first when the cores are few. On Linux a nice value applies to the thread that
 * asks for it (setpriority(2)); elsewhere it would hold for the complete process, so nothing is done.
 */
export function standBack(): void {
  if (process.platform === 'linux') setPriority(nice)
}
