import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const bin = join(process.cwd(), 'node_modules', '.bin')

/** Runs a command with the project's own Node first on the path, shows what it prints, and gives its exit code. */
export function run(command, args, environment = {}) {
  const own = join(bin, process.platform === 'win32' ? `${command}.cmd` : command)
  const env = { ...process.env, ...environment, PATH: `${bin}${delimiter}${process.env.PATH}` }
  const child = spawn(existsSync(own) ? own : command, args, {
    stdio: 'inherit',
    env,
    shell: process.platform === 'win32',
  })
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
  return new Promise((resolve) => {
    child.on('error', (error) => {
      process.stderr.write(`${command} could not be started: ${error.message}\n`)
      resolve(1)
    })
    child.on('close', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)))
  })
}

/** As `run`, but a failure ends the program with a word on what failed. */
export async function must(what, command, args, environment) {
  process.stdout.write(`${what}\n`)
  const code = await run(command, args, environment)
  if (code === 0) return
  process.stderr.write(`\nThat failed (exit code ${code}): ${command} ${args.join(' ')}\n`)
  process.exit(code)
}
