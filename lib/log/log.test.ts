import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { type LogOptions, levelOf, levelProblem, openLog } from './log.ts'
import { printable, printableXml } from './printable.ts'
import { newRequestId, withRequest } from './request.ts'

function openLines(options: Partial<LogOptions> = {}) {
  const lines: string[] = []
  const now = () => new Date(Date.UTC(2026, 0, 2, 3, 4, 5, 6))
  const log = openLog({
    level: 'info',
    isTerminal: false,
    thread: 'main',
    write: (line) => lines.push(line),
    now,
    ...options,
  })
  return { log, lines, first: () => JSON.parse(lines[0] ?? '') }
}

test('a line is JSON with time, level, thread and message first', () => {
  const { log, lines } = openLines({ thread: 'read-1' })
  log.info('Opened.', { file: 'a.db', count: 3, level: 'forged', time: 'forged' })
  assert.deepEqual(lines, [
    '{"time":"2026-01-02T03:04:05.006Z","level":"info","thread":"read-1","message":"Opened.","file":"a.db","count":3}\n',
  ])
})

test('lines below the level are dropped', () => {
  const { log, lines } = openLines({ level: 'warn' })
  for (const level of ['debug', 'info', 'warn', 'error'] as const) log[level](level)
  assert.deepEqual(
    lines.map((line) => JSON.parse(line).level),
    ['warn', 'error'],
  )
})

test('LOG_LEVEL names a level, by default info; another value is a problem that names it', () => {
  assert.equal(levelOf(undefined), 'info')
  assert.equal(levelOf(''), 'info')
  assert.equal(levelOf('debug'), 'debug')
  assert.equal(levelOf('verbose'), null)
  assert.equal(levelProblem('warn'), null)
  assert.match(levelProblem('verbose') ?? '', /LOG_LEVEL is "verbose".*debug, info, warn, error/)
})

test('an error is logged with name, code, message, stack and cause, in whatever field', () => {
  const { log, first } = openLines()
  const cause = Object.assign(new Error('disk'), { code: 'SQLITE_FULL' })
  log.error('Failed.', { error: new TypeError('outer', { cause }), upload: 'a' })
  const { error, upload } = first()
  assert.equal(upload, 'a')
  assert.equal(error.name, 'TypeError')
  assert.equal(error.message, 'outer')
  assert.match(error.stack, /log\.test\.ts/)
  assert.equal(error.cause.code, 'SQLITE_FULL')
})

const hostile = 'a\u001b[2Jb\u009bc\u007fd\u202ee\u2066f\u2028g\nh\rforged \u{e0041}\ud800'

test('no control or direction character is written raw, and JSON still has the same text', () => {
  const { log, lines, first } = openLines()
  log.warn(hostile, { [hostile]: hostile, error: new Error(hostile) })
  assert.doesNotMatch((lines[0] ?? '').slice(0, -1), /[\p{C}\p{Zl}\p{Zp}]/u)
  assert.equal(first().message, hostile)
  assert.equal(first()[hostile], hostile)
  const terminal = openLines({ isTerminal: true })
  terminal.log.warn(hostile, { name: hostile, error: new Error(hostile) })
  assert.equal(terminal.lines.length, 1)
  assert.doesNotMatch((terminal.lines[0] ?? '').slice(0, -1), /[\p{C}\p{Zl}\p{Zp}]/u)
  assert.equal(printable('a\u202eb\u{e0041}ü💥'), 'a\\u202eb\\udb40\\udc41ü💥')
})

test('XML has the same characters as references, and still the same text', () => {
  const xml = printableXml(`<Data Name='a'>\n\u009b31m\u202eb\ufeff \u{e0041}💥\ud800</Data>`)
  assert.equal(xml, "<Data Name='a'>\n&#x9b;31m&#x202e;b&#xfeff; &#xe0041;💥\ud800</Data>")
})

test('a terminal gets one readable line', () => {
  const { log, lines } = openLines({ isTerminal: true })
  log.info('Opened.', { file: 'a.db', name: 'two words' })
  log.error('Failed.', { error: Object.assign(new Error('full'), { code: 'SQLITE_FULL' }) })
  assert.equal(lines[0], '2026-01-02T03:04:05.006Z INFO  [main] Opened. file=a.db name="two words"\n')
  assert.match(lines[1] ?? '', /ERROR \[main\] Failed\. error="Error SQLITE_FULL: full" at .*log\.test\.ts[^\n]*\n$/)
})

test('a value that cannot be written costs that value, not the line', () => {
  const { log, first } = openLines()
  const loop: Record<string, unknown> = {}
  loop.self = loop
  log.info('Odd.', { loop, big: 5n, bytes: new Uint8Array(9), long: 'x'.repeat(100_000), nothing: undefined })
  const line = first()
  assert.match(line.loop, /^not shown: /)
  assert.equal(line.big, '5')
  assert.equal(line.bytes, '9 bytes')
  assert.equal(line.long.length, 8193)
  assert.equal(line.nothing, null)
})

test('what is logged while a request is answered has its id, and ids are random', async () => {
  const { log, lines } = openLines()
  const [one, other] = [newRequestId(), newRequestId()]
  assert.notEqual(one, other)
  assert.match(one, /^[\w-]{16}$/)
  await withRequest(one, async () => {
    await turn()
    log.info('Inside.')
  })
  log.info('Outside.')
  assert.deepEqual(
    lines.map((line) => JSON.parse(line).request),
    [one, undefined],
  )
})

test('the log of a process goes to standard error at its LOG_LEVEL, and says which thread', () => {
  const path = JSON.stringify(join(import.meta.dirname, 'log.ts'))
  const program = `
    const { Worker, isMainThread } = await import('node:worker_threads')
    const { log } = await import(${path})
    log.debug('From the start.')
    const code = "import(" + JSON.stringify(${path}) + ").then(({ log }) => { log.warn('Last words.'); process.exit() })"
    new Worker(code, { eval: true, name: 'read-1' })`
  const run = (LOG_LEVEL: string) => {
    const env = { ...process.env, LOG_LEVEL }
    const { stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { env, encoding: 'utf8' })
    return stderr
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
      .map(({ thread, message }) => `${thread} ${message}`)
  }
  assert.deepEqual(run('debug'), ['main From the start.', 'read-1 Last words.'])
  assert.deepEqual(run('info'), ['read-1 Last words.'])
})

test('a closed standard error does not stop a program that logs', { skip: process.platform === 'win32' }, () => {
  const path = JSON.stringify(join(import.meta.dirname, 'log.ts'))
  const program = `const { log } = await import(${path}); log.error('x'); console.log('goes on')`
  const args = ['-c', '"$0" --input-type=module -e "$1" 2>&-', process.execPath, program]
  assert.equal(execFileSync('sh', args, { encoding: 'utf8' }), 'goes on\n')
})
