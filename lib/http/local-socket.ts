import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import type { Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The longest path of a Unix domain socket that every system takes, in bytes; macOS has 104 with the final zero. */
const longestPath = 100

/**
 * Returns where the server of a data folder takes requests from the same machine and user: a socket in the folder, or in
 * the temporary folder if that path would be too long; on Windows a named pipe.
 */
export function localSocketPath(folder: string, platform: NodeJS.Platform = process.platform): string {
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 32)
  if (platform === 'win32') return `\\\\.\\pipe\\asr-hunt-${name}`
  const path = join(folder, 'asr-hunt.sock')
  return Buffer.byteLength(path) <= longestPath ? path : join(tmpdir(), `asr-hunt-${name}.sock`)
}

/**
 * Lets a server listen on a local socket that only the same user can connect to. Only call it while holding the lock of
 * the data folder: a socket that a dead process left there is replaced.
 */
export async function listenLocally(server: Server, path: string): Promise<void> {
  if (process.platform !== 'win32') rmSync(path, { force: true })
  // The socket is made within listen(): it never exists with wider permissions.
  const mask = process.umask(0o177)
  try {
    server.listen(path)
  } finally {
    process.umask(mask)
  }
  await once(server, 'listening')
}
