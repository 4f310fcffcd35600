import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { temporaryFolder } from '#lib/ingest/testing.ts'
import { simulateLog } from '#tools/simulate/log.ts'

// A shell puts the names of files where it finds `*`: they are as hostile as what is in them.
const hostile = 'a\u001b]0;x\u0007\u001b[2J\u009b31m\u202eb\ufeffc\u2066\u007f'

test('no command writes a control or direction character of a file name or an argument to the terminal', async (t) => {
  const { folder, remove } = temporaryFolder()
  t.after(remove)
  const chunks: Uint8Array[] = []
  for await (const chunk of simulateLog({ dests: 1, days: 1, seed: 1, format: 'xml' })) chunks.push(chunk)
  writeFileSync(join(folder, `${hostile}.xml`), Buffer.concat(chunks))
  writeFileSync(join(folder, `${hostile}.txt`), 'no log')
  const runs: [program: string, code: number, args: string[]][] = [
    ['ingest.ts', 0, [`${hostile}.xml`]],
    ['ingest.ts', 1, [`${hostile}.txt`, `${hostile}.gone`]],
    ['ingest.ts', 2, [`--${hostile}`]],
    ['ingest.ts', 2, [`${hostile}.xml`, '--tz', hostile]],
    ['../tools/simulate/command.ts', 2, [`--${hostile}`]],
    ['../tools/fuzz/command.ts', 2, [`--${hostile}`]],
  ]
  for (const [program, code, args] of runs) {
    const env = { ...process.env, DATA_DIR: join(folder, 'data'), INIT_CWD: folder, LOG_LEVEL: 'debug' }
    const run = spawnSync(process.execPath, [join(import.meta.dirname, program), ...args], { env, encoding: 'utf8' })
    const said = run.stdout + run.stderr
    assert.equal(run.status, code, said)
    assert.match(said, /\\u001b\]0;x\\u0007/, said)
    assert.doesNotMatch(said, /(?![\n\r\t])[\p{C}\p{Zl}\p{Zp}]/u)
  }
})
