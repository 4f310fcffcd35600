import assert from 'node:assert/strict'
import { test } from 'node:test'
import { logConsole } from './console.ts'
import { type Fields, openLog } from './log.ts'

test('what a library writes to the console is logged with its error, without its colours', () => {
  const lines: Fields[] = []
  const write = (line: string) => lines.push(JSON.parse(line))
  const target = { error: (..._values: unknown[]) => {}, warn: (..._values: unknown[]) => {} }
  logConsole(openLog({ level: 'warn', isTerminal: false, thread: 'main', write }), target)
  const error = Object.assign(new Error('full'), { code: 'SQLITE_FULL' })
  target.error('\u001b[31m⨯\u001b[39m', error)
  target.error('\u001b[31m⨯\u001b[39m %s is odd:', '\u202ea', error)
  target.warn('⚠ careful')
  assert.deepEqual(
    lines.map(({ level, message, error }) => [level, message, (error as { code?: string } | undefined)?.code]),
    [
      ['error', 'A library failed.', 'SQLITE_FULL'],
      ['error', '\u202ea is odd:', 'SQLITE_FULL'],
      ['warn', 'careful', undefined],
    ],
  )
})
