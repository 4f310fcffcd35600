import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const bin = join(process.cwd(), 'node_modules', '.bin')
const isWindows = process.platform === 'win32'

/** Exit codes of a program that was asked to end, as shells report them. */
const signalCodes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 }
const isEnding = (code) => Object.values(signalCodes).includes(code)

/**
 * Starts a command with the project's own Node first on the path. `hear` is given what it prints, which is shown too. After
 * `limit` milliseconds, if they are given, the command and all that it has started are asked to end.
 */
function start(command, args, environment, hear, limit) {
  const own = join(bin, isWindows ? `${command}.cmd` : command)
  const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}`, ...environment }
  const program = existsSync(own) ? own : command
  const child = spawn(isWindows ? `"${program}"` : program, args, {
    stdio: ['inherit', hear === undefined ? 'inherit' : 'pipe', 'inherit'],
    env,
    shell: isWindows,
    // npm does not pass signals on to what a script runs: they are sent to all of the group.
    detached: limit !== undefined && !isWindows,
  })
  child.stdout?.on('data', (bytes) => {
    process.stdout.write(bytes)
    hear(bytes)
  })
  const signals = Object.keys(signalCodes)
  const pass = (signal) => {
    if (limit === undefined || isWindows) child.kill(signal)
    else if (child.exitCode === null) process.kill(-child.pid, signal)
  }
  for (const signal of signals) process.on(signal, pass)
  const tooLong = limit === undefined ? undefined : setTimeout(pass, limit, 'SIGTERM')
  return new Promise((resolve) => {
    child.on('error', (error) => {
      process.stderr.write(`${command} could not be started: ${error.message}\n`)
      resolve(1)
    })
    child.on('exit', () => {
      clearTimeout(tooLong)
      // What it has started and left running may keep the pipe open.
      setTimeout(() => child.stdout?.destroy(), 5000).unref()
    })
    child.on('close', (code, signal) => {
      for (const other of signals) process.off(other, pass)
      resolve(code ?? signalCodes[signal] ?? 1)
    })
  })
}

/** Runs a command, shows what it prints, and returns its exit code. */
export const run = (command, args, environment = {}) => start(command, args, environment)

/** As `run`, ends the command after `limit` milliseconds, and returns what was printed on standard output as well. */
export async function runAndRead(command, args, limit, environment = {}) {
  const printed = []
  const colour = process.stdout.isTTY && !process.env.NO_COLOR ? { FORCE_COLOR: '1' } : {}
  const code = await start(command, args, { ...colour, ...environment }, (bytes) => printed.push(bytes), limit)
  return { code, printed: Buffer.concat(printed).toString() }
}

/** As `run`, but a failure ends the program with a word on what failed. */
export async function must(what, command, args, environment) {
  process.stdout.write(`${what}\n`)
  const code = await run(command, args, environment)
  if (code === 0) return
  if (!isEnding(code)) process.stderr.write(`\nThat failed (exit code ${code}): ${command} ${args.join(' ')}\n`)
  process.exit(code)
}
