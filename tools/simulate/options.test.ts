import assert from 'node:assert/strict'
import { test } from 'node:test'
import { defaultEnd, parseOptions } from './options.ts'

const messageOf = (...args: string[]) => {
  const parsed = parseOptions(args)
  return parsed.kind === 'error' ? parsed.message : `no error but ${parsed.kind}`
}

test('what is left out has a default', () => {
  assert.deepEqual(parseOptions([]), {
    kind: 'run',
    options: { dests: 200, days: 30, seed: 7, end: defaultEnd, events: 15_000, others: 0.25, format: 'xml', tz: 'UTC' },
    out: null,
  })
})

test('every option is read', () => {
  const line =
    '--dests 5000 --days 7 --seed 9 --format multiline --end 2026-01-02T03:04:05+01:00 --events 1000000 --others 0 --tz Europe/Berlin --out x.log'
  assert.deepEqual(parseOptions(line.split(' ')), {
    kind: 'run',
    options: {
      dests: 5000,
      days: 7,
      seed: 9,
      end: Date.parse('2026-01-02T02:04:05Z'),
      events: 1_000_000,
      others: 0,
      format: 'multiline',
      tz: 'Europe/Berlin',
    },
    out: 'x.log',
  })
  assert.deepEqual(parseOptions(['--help']), { kind: 'help' })
})

test('a bad argument is named with its value and what would be right', () => {
  assert.equal(messageOf('--dests', '0'), '--dests is "0"; give a whole number from 1 to 1000000')
  assert.equal(messageOf('--days', '1.5'), '--days is "1.5"; give a whole number from 1 to 3650')
  assert.match(messageOf('--events', 'many'), /^--events is "many"; give a whole number/)
  assert.equal(messageOf('--format', 'evtx'), '--format is "evtx"; give xml or multiline')
  assert.match(messageOf('--others', '1'), /^--others is "1"; give a share from 0 to 0\.99/)
  assert.match(messageOf('--end', 'now'), /^--end is "now"; give an ISO 8601 time/)
  assert.match(messageOf('--end', '2026-13-01T00:00:00Z'), /^--end is/)
  assert.match(messageOf('--tz', 'Mars/Olympus'), /^--tz is "Mars\/Olympus"; give an IANA time zone/)
  assert.match(messageOf('--dest', '5'), /--dest/)
  assert.match(messageOf('200'), /200/)
})
