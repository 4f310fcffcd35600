import assert from 'node:assert/strict'
import { test } from 'node:test'
import { event, openFixture } from '#lib/ingest/testing.ts'
import { selectOverview } from './overview.ts'

const office = 'D4F940AB-401B-4EFC-AADC-AD5F3C50688A'
const day = 86_400_000
const newest = Date.parse('2026-03-20T10:30:00.500Z')
/** Long after the newest event: what the overview shows ends at that event, not now. */
const now = Date.parse('2026-06-01T00:00:00Z')

/** An event of a process, on a host. */
const ran = (process: string, time: number, dest = 'PC1') =>
  event(1121, dest, time, { ID: office, 'Process Name': process, Path: 'a.exe' })

async function overviewOf(...events: ReturnType<typeof event>[]) {
  const fixture = openFixture()
  fixture.add(events)
  const overview = await selectOverview(fixture.reads, now)
  await fixture.close()
  return overview
}

test('new in the last day is what was first seen less than a day before the newest event, rare and recent first', async () => {
  const { newStacks } = await overviewOf(
    ran('newest.exe', newest),
    ran('newest.exe', newest - 1),
    ran('a day old.exe', newest - day),
    ran('nearly a day old.exe', newest - day + 1),
    ran('two days old.exe', newest - 2 * day + 1),
    ran('seen again.exe', newest - 5 * day),
    ran('seen again.exe', newest - 1),
    ran('on two hosts.exe', newest - 2),
    ran('on two hosts.exe', newest - 2, 'PC2'),
    ran('an hour old.exe', newest - 3_600_000),
    event(5007, 'PC1', newest - 10, { 'Old Value': '', 'New Value': 'HKLM\\x\\ASR\\Rules\\y = 0x1' }),
  )
  assert.deepEqual(
    newStacks.map(({ Process_Name, dests, firstTime }) => [Process_Name, dests, firstTime]),
    [
      ['newest.exe', 1, newest - 1],
      ['an hour old.exe', 1, newest - 3_600_000],
      ['nearly a day old.exe', 1, newest - day + 1],
      ['on two hosts.exe', 2, newest - 2],
    ],
  )
})

test('the rarest are on the fewest hosts, then seen least often, then most recently; the most frequent come first', async () => {
  const { rarest, mostFrequent } = await overviewOf(
    ...[1, 2, 3].map((before) => ran('three on one host.exe', newest - before)),
    ran('once on two hosts.exe', newest - 9),
    ran('once on two hosts.exe', newest - 8, 'PC2'),
    ran('once, long ago.exe', newest - 20 * day),
    ran('once, lately.exe', newest - day),
    ...Array.from({ length: 5 }, (_, index) => ran(`filler ${index}.exe`, newest - 30 * day - index)),
  )
  assert.deepEqual(
    rarest.map(({ Process_Name }) => Process_Name),
    [
      'once, lately.exe',
      'once, long ago.exe',
      ...[0, 1, 2, 3, 4].map((index) => `filler ${index}.exe`),
      'three on one host.exe',
    ],
  )
  assert.deepEqual(
    mostFrequent.slice(0, 3).map(({ Process_Name, count }) => [Process_Name, count]),
    [
      ['three on one host.exe', 3],
      ['once on two hosts.exe', 2],
      ['once, long ago.exe', 1],
    ],
  )
  assert.equal(mostFrequent.length, 8)
})

test('the overview shows the thirty days to that of the newest event, and nothing before', async () => {
  const midnight = Date.parse('2026-03-20T00:00:00Z')
  const { days, timeline } = await overviewOf(
    ran('a.exe', newest),
    ran('a.exe', midnight - 29 * day),
    ran('a.exe', midnight - 29 * day - 1),
  )
  assert.equal(timeline.bucket, 'day')
  assert.deepEqual(
    days.map(({ time, block }) => [time, block]),
    Array.from({ length: 30 }, (_, index) => [midnight - (29 - index) * day, index === 0 || index === 29 ? 1 : 0]),
  )
})

test('the hosts with most risk are those of the week to the newest event, eight of them', async () => {
  const { hostsByRisk } = await overviewOf(
    ...Array.from({ length: 9 }, (_, index) => ran(`${index}.exe`, newest - index, `PC${index}`)),
    ran('long ago.exe', newest - 8 * day, 'LONG-AGO'),
  )
  assert.deepEqual(
    hostsByRisk.map(({ normalized_risk_object, score }) => [normalized_risk_object, score]),
    // Equal scores run the way the order does, so that the last name comes first.
    Array.from({ length: 8 }, (_, index) => [`PC${8 - index}`, 45]),
  )
})
