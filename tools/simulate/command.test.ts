import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const script = fileURLToPath(new URL('command.ts', import.meta.url))
const simulate = (...args: string[]) => spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' })
const small = ['--dests', '4', '--days', '1', '--events', '50', '--others', '0']

test('simulate writes one event a line to standard output', () => {
  const { status, stdout, stderr } = simulate(...small)
  assert.equal(stderr, '')
  assert.equal(status, 0)
  assert.equal(stdout.split('\n').length, 51)
})

test('simulate --out writes the same bytes to a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'simulate-'))
  try {
    const out = join(folder, 'log.xml')
    assert.equal(simulate(...small, '--out', out).status, 0)
    assert.equal(readFileSync(out, 'utf8'), simulate(...small).stdout)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('simulate --help explains every option', () => {
  const { status, stdout } = simulate('--help')
  assert.equal(status, 0)
  for (const option of ['dests', 'days', 'seed', 'format', 'end', 'events', 'others', 'tz', 'out']) {
    assert.ok(stdout.includes(`--${option} `), option)
  }
})

test('a bad argument ends with code 2 and says what would be right', () => {
  const { status, stdout, stderr } = simulate('--days', 'x')
  assert.equal(status, 2)
  assert.equal(stdout, '')
  assert.equal(stderr, 'simulate: --days is "x"; give a whole number from 1 to 3650\n')
})

test('a reader that closes the pipe ends the log quietly', async () => {
  const child = spawn(process.execPath, [script, '--events', '1000000'], { stdio: ['ignore', 'pipe', 'pipe'] })
  let complaint = ''
  child.stderr.on('data', (text) => {
    complaint += text
  })
  await once(child.stdout, 'data')
  child.stdout.destroy()
  const [code] = await once(child, 'close')
  assert.equal(code, 0)
  assert.equal(complaint, '')
})
