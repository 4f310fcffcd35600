import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LoggedEvent } from '#lib/asr/event.ts'
import { event, openFixture } from '#lib/ingest/testing.ts'
import { hostOf, hostsOf, paramsOf, riskOfHost } from './testing.ts'

const office = 'D4F940AB-401B-4EFC-AADC-AD5F3C50688A'
const start = Date.parse('2026-03-02T08:00:00Z')
const hour = 3_600_000
const key = 'HKLM\\SOFTWARE\\Microsoft\\Windows Defender\\Windows Defender Exploit Guard\\ASR'

async function withEvents(
  events: LoggedEvent[],
  check: (reads: ReturnType<typeof openFixture>['reads']) => Promise<void>,
) {
  const fixture = openFixture()
  fixture.add(events)
  await check(fixture.reads)
  await fixture.close()
}

test('hosts with as many events are in the order of their names; a page past the end knows how many there are', () =>
  withEvents(
    ['b', 'C', 'a'].map((dest) => event(1121, dest, start)),
    async (reads) => {
      const hosts = async (query: string) =>
        (await hostsOf(reads, paramsOf('hosts', query))).rows.map(({ dest }) => dest)
      assert.deepEqual(await hosts('sort=events'), ['a', 'b', 'C'])
      assert.deepEqual(await hosts('sort=-events'), ['C', 'b', 'a'])
      assert.deepEqual(await hostsOf(reads, paramsOf('hosts', 'limit=2&page=9')), { total: 3, rows: [] })
    },
  ))

test('a host is that of exactly this name in any case, whatever the page, range and text of the parameters', () =>
  withEvents(
    [
      event(1121, 'PC*', start, { ID: office }),
      event(1121, 'PC1', start, { ID: office }),
      event(1121, 'PC1', start + hour, { ID: office }),
    ],
    async (reads) => {
      const found = async (dest: string, query = '') => {
        const host = await hostOf(reads, dest, paramsOf('hosts', query))
        return host === null ? null : [host.dest, host.events]
      }
      assert.deepEqual(await found('pc*'), ['PC*', 1])
      assert.deepEqual(await found('pc1', 'page=3&limit=1&q=nothing&last=1h&Path=x&from=2026-05-01&to=2026-05-02'), [
        'PC1',
        2,
      ])
      assert.equal(await found('PC'), null)
      assert.deepEqual(await Promise.all(['pc1', 'PC*', 'PC'].map((dest) => reads.hasHost(dest))), [true, true, false])
      const risk = await riskOfHost(reads, 'PC*', paramsOf('risk', 'anchor=newest&page=3&limit=1'))
      assert.deepEqual([risk?.normalized_risk_object, risk?.count], ['PC*', 1])
    },
  ))

test('the risk of a host is that of the mode, and counts an event at midnight once', () => {
  // The first of the whole days: before it, the hours of the first day are read.
  const midnight = Date.parse('2026-03-02T00:00:00Z')
  const events = [
    event(1122, 'PC1', start, { ID: office }),
    event(1126, 'PC2', midnight, { ID: office }),
    event(5007, 'PC3', start + 6 * 24 * hour),
  ]
  return withEvents(events, async (reads) => {
    const scores = async (mode: string) =>
      (await hostsOf(reads, paramsOf('hosts', `anchor=newest&sort=dest&mode=${mode}`))).rows.map(({ score }) => score)
    assert.deepEqual(await scores('complete'), [20, 65, 0])
    assert.deepEqual(await scores('faithful'), [0, 0, 0])
  })
})

test('events without a rule count for no rule of a host', () =>
  withEvents([event(1121, 'PC1', start), event(1121, 'PC1', start, { ID: office })], async (reads) => {
    const { rows } = await hostsOf(reads, paramsOf('hosts'))
    assert.deepEqual(
      rows.map(({ events, rules }) => [events, rules]),
      [[2, 1]],
    )
  }))

test('a rule is what was said of it last: at the same moment warn counts first, then a block; an exclusion says nothing', async () => {
  const fired = (code: number, time = start) => event(code, 'PC1', time, { ID: office })
  const excluded = event(5007, 'PC1', start + hour, {
    'Old Value': '',
    'New Value': `${key}\\ASROnlyPerRuleExclusions = ${office}=C:\\a`,
  })
  const set = (after: string) =>
    event(5007, 'PC1', start + hour, { 'Old Value': '', 'New Value': `${key}\\Rules\\${office} = ${after}` })
  const stateOf = async (...events: LoggedEvent[]) => {
    let state: string | undefined
    await withEvents(events, async (reads) => {
      state = (await reads.ruleStates('pc1')).find(({ ID }) => ID === office)?.state
    })
    return state
  }
  assert.equal(await stateOf(fired(1129), fired(1122)), 'warn')
  assert.equal(await stateOf(fired(1122), fired(1121)), 'block')
  assert.equal(await stateOf(fired(1121), excluded), 'block')
  assert.equal(await stateOf(excluded), 'unknown')
  const after = await Promise.all(['0x0', '0x1', '0x2', '0x5', '0x6'].map((state) => stateOf(fired(1121), set(state))))
  assert.deepEqual(after, ['off', 'block', 'audit', 'off', 'warn'])
})
