import { setTimeout as wait } from 'node:timers/promises'
import { FolderInUse, takeLock } from '#lib/store/lock.ts'
import { dataFolder } from '#lib/store/settings.ts'

/** How long a server that is starting may take until it has opened its local socket, in milliseconds. */
const startLimit = 60_000

/** Takes the lock of the data folder, to be given free by whatever ends this program. */
function lockFolder(): () => void {
  const lock = takeLock(dataFolder(), 'command')
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      lock.release()
      process.kill(process.pid, signal)
    })
  }
  return lock.release
}

/**
 * Opens the data folder in this process, or through the server if one is running, by the path of its local socket. `release` gives the
 * folder free. @throws if another command is running, or if the server has no local socket
 */
export async function hereOrByServer<Opened>(
  here: (release: () => void) => Promise<Opened>,
  byServer: (socket: string) => Opened,
): Promise<Opened> {
  for (const end = Date.now() + startLimit; ; await wait(200)) {
    try {
      return await here(lockFolder())
    } catch (error) {
      if (!(error instanceof FolderInUse) || error.holder?.kind !== 'server') throw error
      if (error.holder.socket !== null) return byServer(error.holder.socket)
      if (Date.now() > end) throw new Error(`${error.message} Commands cannot reach it: it has no local socket.`)
    }
  }
}
