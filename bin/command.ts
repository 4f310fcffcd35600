import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { levelProblem } from '#lib/log/log.ts'
import { printable } from '#lib/log/printable.ts'

/** Ends the program with a message on standard error. */
export function stop(message: string, code = 1): never {
  process.stderr.write(`${message}\n`)
  process.exit(code)
}

/**
 * Reads the arguments of a command that takes nothing but `--help` and, if `takesFile`, the name of one file. Returns the
 * path of the file, else an empty text. Ends the program if the arguments are wrong (code 2) or ask for help.
 */
export function readCommand(help: string, takesFile: boolean): string {
  const fail = (message: string): never => stop(`${message}\n\n${help}`, 2)
  const badLevel = levelProblem()
  if (badLevel !== null) stop(badLevel)
  try {
    const { values, positionals } = parseArgs({ allowPositionals: true, options: { help: { type: 'boolean' } } })
    if (values.help) {
      process.stdout.write(help)
      process.exit(0)
    }
    const [file, ...others] = positionals
    if (takesFile && file === undefined) return fail('Name a file.')
    const wrong = takesFile ? others : positionals
    if (wrong.length > 0) return fail(`${printable(wrong.join(' '))}: this command does not take that many arguments.`)
    // npm runs scripts in the project's folder; the file was named relative to the user's folder.
    return file === undefined ? '' : resolve(process.env.INIT_CWD ?? process.cwd(), file)
  } catch (error) {
    return fail((error as Error).message)
  }
}

/** Shows one line of progress on a terminal; an empty text removes it. */
export function showProgress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`)
}
