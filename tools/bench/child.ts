import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

export type Place = { cwd: string; dataFolder: string }

/**
 * Runs a script of this folder in a new process, so that no run warms or burdens the next, and returns the JSON it
 * prints. The script runs in `place` if it is given, else in this process's folder and with its settings.
 */
export async function inChild<Result>(script: string, args: string[], place?: Place): Promise<Result> {
  const path = fileURLToPath(new URL(script, import.meta.url))
  const child = spawn(process.execPath, [path, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    ...(place === undefined ? {} : { cwd: place.cwd, env: { ...process.env, DATA_DIR: place.dataFolder } }),
  })
  let text = ''
  child.stdout.on('data', (piece) => {
    text += piece
  })
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`${script} ended with code ${code}.`)
  return JSON.parse(text)
}
