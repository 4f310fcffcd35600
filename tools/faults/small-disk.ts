import { execFileSync } from 'node:child_process'
import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Skipped } from './kind.ts'
import { onSite, type Site } from './site.ts'

const size = '96m'
const mounted = new Set<string>()
const unmount = (folder: string): void => {
  mounted.delete(folder)
  execFileSync('umount', ['-l', folder])
}
process.on('exit', () => mounted.forEach(unmount))

/** Runs `work` on a site whose data folder is on a small file system. What it leaves after a failure is copied from it. */
export async function onSmallDisk<Result>(work: (site: Site) => Promise<Result>): Promise<Result> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) throw new Skipped('a tmpfs takes Linux and root')
  const folder = await mkdtemp(join(tmpdir(), 'asr-hunt-small-disk-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder], { stdio: 'pipe' })
  } catch (error) {
    await rm(folder, { recursive: true })
    throw new Skipped(`a tmpfs could not be mounted: ${String((error as Error).message.split('\n')[1])}`)
  }
  mounted.add(folder)
  try {
    return await onSite(work, folder)
  } catch (error) {
    const kept = `${folder}-kept`
    await cp(folder, kept, { recursive: true, filter: (path) => !path.endsWith('.sock') })
    if (error instanceof Error) error.message = error.message.replaceAll(folder, kept)
    throw error
  } finally {
    unmount(folder)
    await rm(folder, { recursive: true })
  }
}

/** Fills the disk of a folder to the last byte. Returns what frees it again. */
export function fill(folder: string, name = 'filler'): () => void {
  const file = join(folder, name)
  const handle = openSync(file, 'w')
  for (const bytes of [Buffer.alloc(1024 * 1024), Buffer.alloc(4096), Buffer.alloc(1)]) {
    try {
      for (;;) writeSync(handle, bytes)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
    }
  }
  closeSync(handle)
  return () => rmSync(file)
}
