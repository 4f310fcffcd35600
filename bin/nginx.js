import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { run } from './run.js'

const programs = ['nginx', '/usr/sbin/nginx']
const isInstalled = () => programs.some((program) => spawnSync(program, ['-v']).status === 0)

/**
 * Makes sure that the test of the reverse proxy has nginx: Debian's, if this is root on a Debian. If there is none, that test is
 * skipped and says so, or with CI=true it fails. Debian would start it as a service; this asks it not to.
 */
export async function makeSureOfNginx() {
  if (isInstalled() || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return
  process.stdout.write("Installing Debian's nginx-light for the test of the reverse proxy …\n")
  const settings = { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' }
  if ((await run('apt-get', ['update'], settings)) === 0)
    await run('apt-get', ['install', '-y', 'nginx-light'], settings)
}
