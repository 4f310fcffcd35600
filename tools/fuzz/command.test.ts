import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const script = fileURLToPath(new URL('command.ts', import.meta.url))
const fuzz = (...args: string[]) => spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' })

test('fuzz --help explains every option and names every format', () => {
  const { status, stdout } = fuzz('--help')
  assert.equal(status, 0)
  for (const word of ['--format ', '--minutes ', '--seed ', '--no-corpus ', 'evtx', 'zip', 'multiline'])
    assert.ok(stdout.includes(word), word)
})

test('a bad argument of fuzz ends with code 2 and says what would be right', () => {
  for (const [args, right] of [
    [['--format', 'pcap'], /^fuzz: --format is "pcap"; give all or one of evtx, /],
    [['--minutes', '-1'], /--minutes/],
    [['--minutes', 'x'], /give a number above 0/],
    [['--seed', 'x'], /give a whole number/],
    [['--what'], /--help lists the options/],
  ] as const) {
    const { status, stdout, stderr } = fuzz(...args)
    assert.equal(status, 2)
    assert.equal(stdout, '')
    assert.match(stderr, right)
  }
})

test('a run that finds nothing ends with code 0 and says what became of its mutants', () => {
  const { status, stdout, stderr } = fuzz('--format', 'evtxecmd-csv', '--minutes', '0.05', '--seed', '1', '--no-corpus')
  assert.equal(stderr, '')
  assert.equal(status, 0)
  assert.match(stdout, /^\| evtxecmd-csv \| [1-9]\d* \|.* 0 \|$/m)
})
