import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LoggedEvent } from '#lib/asr/event.ts'
import { event, openFixture } from '#lib/ingest/testing.ts'
import { ruleRows } from '#lib/store/testing.ts'
import { selectWall } from './wall.ts'

const office = 'D4F940AB-401B-4EFC-AADC-AD5F3C50688A'
const hour = 3_600_000
const day = 24 * hour
const now = Date.parse('2026-03-20T10:30:00.500Z')
const key = 'HKLM\\SOFTWARE\\Microsoft\\Windows Defender\\Windows Defender Exploit Guard\\ASR\\Rules'

/** An event of a process, on a host. */
const ran = (process: string, time: number, dest = 'PC1', ID = office) =>
  event(1121, dest, time, { ID, 'Process Name': process, Path: 'a.exe' })
const set = (before: string, after: string, time: number, dest = 'PC1') =>
  event(5007, dest, time, { 'Old Value': `${key}\\${office} = ${before}`, 'New Value': `${key}\\${office} = ${after}` })

async function wallOf(anchor: 'now' | 'newest', events: LoggedEvent[]) {
  const fixture = openFixture()
  fixture.add(events)
  const wall = await selectWall(fixture.reads, { anchor }, now)
  await fixture.close()
  return wall
}

test('the rarest of seven days are those last seen in them, up to the anchor', async () => {
  const events = (end: number) => [
    ran('at the end.exe', end),
    ran('nearly a week old.exe', end - 7 * day + 1),
    ran('a week old.exe', end - 7 * day),
    ran('twice.exe', end - 3),
    ran('twice.exe', end - 4),
    ran('begun long ago.exe', end - 30 * day),
    ran('begun long ago.exe', end - day),
    ran('on two hosts.exe', end - 2),
    ran('on two hosts.exe', end - 2, 'PC2'),
  ]
  const expected = ['at the end.exe', 'nearly a week old.exe', 'twice.exe', 'begun long ago.exe', 'on two hosts.exe']
  const later = ran('after now.exe', now + 1)
  const { rareStacks } = await wallOf('now', [...events(now), later])
  assert.deepEqual(
    rareStacks.map(({ Process_Name }) => Process_Name),
    expected,
  )
  const old = now - 100 * day
  const { rareStacks: atNewest } = await wallOf('newest', events(old))
  assert.deepEqual(
    atNewest.map(({ Process_Name }) => Process_Name),
    expected,
  )
  const { rareStacks: ofAhead } = await wallOf('newest', [later])
  assert.deepEqual(
    ofAhead.map(({ Process_Name }) => Process_Name),
    ['after now.exe'],
  )
})

test('the wall lists eight stacks, hosts, rules and disabled rules at most', async () => {
  const fixture = openFixture()
  const rules = ruleRows(fixture.writer.db).slice(0, 9)
  await fixture.close()
  const wall = await wallOf(
    'now',
    rules.flatMap(({ ID }, index) => [
      ran(`${index}.exe`, now - index, `PC${index}`, ID),
      set('0x1', '0x0', now - index, `PC${index}`),
    ]),
  )
  const { rareStacks, hostsByRisk, rulesFiring, disabledRules } = wall
  assert.deepEqual(
    [rareStacks, hostsByRisk, rulesFiring, disabledRules].map(({ length }) => length),
    [8, 8, 8, 8],
  )
})

test('rules fire in the last day, and risk is that of the last week with its days', async () => {
  const firedBefore = '9E6C4E1F-7D60-472F-BA1A-A39EF669E4B2'
  const { rulesFiring, hostsByRisk, last24h, last7d } = await wallOf('now', [
    ran('a.exe', now - 1),
    ran('a.exe', now - day, 'EDGE'),
    ran('b.exe', now - 2 * day, 'PC2', firedBefore),
    ran('c.exe', now - 8 * day, 'LONG-AGO'),
  ])
  assert.deepEqual(
    rulesFiring.map(({ ID, blocked, dests }) => [ID, blocked, dests]),
    [[office, 2, 2]],
  )
  assert.deepEqual(
    hostsByRisk.map(({ dest, score, byDay }) => [dest, score, byDay]),
    [
      ['PC2', 45, [0, 0, 0, 0, 0, 45, 0]],
      ['PC1', 45, [0, 0, 0, 0, 0, 0, 45]],
      ['EDGE', 45, [0, 0, 0, 0, 0, 0, 45]],
    ],
  )
  assert.deepEqual([last24h.events, last7d.events], [2, 3])
})

test('disabled rules are listed up to the anchor, the last first, with what they were and are', async () => {
  const { disabledRules } = await wallOf('now', [
    set('0x1', '0x0', now - 30 * day, 'PC1'),
    set('0x2', '0x5', now - 2 * day, 'PC2'),
    set('0x2', '0x5', now - day, 'PC2'),
    set('0x1', '0x0', now + 1, 'LATER'),
  ])
  assert.deepEqual(
    disabledRules.map(({ dest, time, from, to, words }) => [dest, time, from, to, words]),
    [
      ['PC2', now - day, 'Audit', 'Not configured', 'Office → child process: Audit → Not configured'],
      ['PC1', now - 30 * day, 'Block', 'Disabled', 'Office → child process: Block → Disabled'],
    ],
  )
})

test('the hours of the wall are the last 24 that have begun, and it says when the last upload began', async (t) => {
  t.mock.method(Date, 'now', () => 1_700_000_000_000)
  const { hours, newestUpload, at, newestEvent } = await wallOf('now', [ran('a.exe', now), ran('a.exe', now - day)])
  const current = Math.floor(now / hour) * hour
  assert.deepEqual(
    hours.map(({ time, block }) => [time, block]),
    Array.from({ length: 24 }, (_, index) => [current - (23 - index) * hour, index === 23 ? 1 : 0]),
  )
  assert.deepEqual([at, newestEvent, newestUpload], [now, now, 1_700_000_000_000])
})

test('the counts of a day and of a week have both of their ends, in events and in hosts', async () => {
  const { last24h, last7d } = await wallOf('now', [
    ran('a.exe', now, 'AT-THE-END'),
    ran('a.exe', now + 1, 'AFTER'),
    ran('a.exe', now - day, 'A-DAY-AGO'),
    ran('a.exe', now - day - 1, 'BEFORE-THE-DAY'),
    ran('a.exe', now - 7 * day, 'A-WEEK-AGO'),
    ran('a.exe', now - 7 * day - 1, 'BEFORE-THE-WEEK'),
  ])
  assert.deepEqual([last24h.events, last24h.dests, last7d.events, last7d.dests], [2, 2, 4, 4])
})
