import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'

/** For tests: mounts a file system of a few megabytes in memory; null, said aloud, if this user may not. */
export function smallDisk(t: TestContext, megabytes: number): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'asr-hunt-small-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], { stdio: 'pipe' })
  } catch (error) {
    remove()
    t.diagnostic(`No file system can be mounted here: ${(error as Error).message}`)
    t.skip('a small file system can be mounted by root only')
    return null
  }
  t.after(() => {
    execFileSync('umount', ['-l', folder])
    remove()
  })
  return folder
}
