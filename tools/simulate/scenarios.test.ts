import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SimulatedEvent } from './event.ts'
import { defaultEnd } from './options.ts'
import { ruleIds } from './rules.ts'
import { simulate } from './simulate.ts'

const dataOf = (event: SimulatedEvent, name: string) => event.values[event.names.indexOf(name)] ?? ''
const isRule = (event: SimulatedEvent, rule: keyof typeof ruleIds) =>
  dataOf(event, 'ID').toLowerCase() === ruleIds[rule]
const fleet = [...simulate({ dests: 100, days: 30 })]
const changes = fleet.filter((event) => event.EventCode === 5007)
const changed = (before: RegExp, after: RegExp) =>
  changes.filter((event) => before.test(dataOf(event, 'Old Value')) && after.test(dataOf(event, 'New Value')))

test('an Office macro goes on to credentials and WMI persistence within the hour, on a host that only audits', () => {
  const starts = fleet.filter(
    (event) =>
      event.EventCode === 1122 &&
      isRule(event, 'officeChild') &&
      dataOf(event, 'Target Commandline').includes('script.vbs'),
  )
  assert.equal(starts.length, 2)
  for (const start of starts) {
    const hour = fleet.filter(
      ({ dest, time }) => dest === start.dest && time >= start.time && time < start.time + 3_600_000,
    )
    assert.ok(hour.some((event) => isRule(event, 'lsass') && dataOf(event, 'Path').includes('Temp\\rundll32.exe')))
    assert.ok(hour.some((event) => isRule(event, 'wmiPersistence') && dataOf(event, 'User') === '(unknown user)'))
    assert.ok(hour.some((event) => event.EventCode === 1126))
  }
})

test('the same macro is blocked at the child process on other hosts', () => {
  const hosts = new Set(
    fleet
      .filter((event) => event.EventCode === 1121 && dataOf(event, 'Target Commandline').includes('hidden -enc'))
      .map((event) => event.dest),
  )
  assert.equal(hosts.size, 2)
})

test('a rare tool runs once, on one host', () => {
  assert.equal(fleet.filter((event) => dataOf(event, 'Path') === 'C:\\PerfLogs\\rclone.exe').length, 1)
})

test('a rule is disabled, and fires no more on that host', () => {
  const [off] = changed(/Rules\\9e6c4e1f-\S+ = 0x1$/, /Rules\\9e6c4e1f-\S+ = 0x0$/)
  assert.ok(off)
  assert.ok(!fleet.some((event) => event.dest === off.dest && event.time > off.time && isRule(event, 'lsass')))
})

test('a rule is removed, one is switched off through Policy Manager, an exclusion is added', () => {
  assert.equal(changed(/Rules\\\S+ = 0x1$/, /^$/).length, 1)
  assert.equal(changed(/Policy Manager\\ASRRules = \S+=1\|/, /Policy Manager\\ASRRules = \S+=0\|/).length, 1)
  assert.equal(changed(/^$/, /ASROnlyExclusions\\C:\\Users\\Public = 0x0$/).length, 1)
  assert.equal(changed(/^$/, /ASROnlyPerRuleExclusions = /).length, 1)
})

test('most configuration changes are housekeeping', () => {
  assert.ok(changed(/Features\\Controls|IsServiceRunning|ASSignatureDue/, /.*/).length > changes.length / 2)
})

test('a user allows what was blocked just before', () => {
  const overrides = fleet.filter((event) => event.EventCode === 1129)
  assert.ok(overrides.length >= 4)
  for (const override of overrides) {
    const blocked = fleet.find(
      (event) =>
        event.EventCode === 1121 &&
        event.dest === override.dest &&
        event.time <= override.time &&
        event.time > override.time - 86_400_000 &&
        dataOf(event, 'Path') === dataOf(override, 'Path') &&
        dataOf(event, 'ID') === dataOf(override, 'ID'),
    )
    assert.ok(blocked, `nothing blocked before ${override.systemTime} on ${override.dest}`)
  }
})

test('a host falls silent after its protection was switched off', () => {
  const [off] = changed(/DisableRealtimeMonitoring = 0x0$/, /DisableRealtimeMonitoring = 0x1$/)
  assert.ok(off)
  assert.equal(fleet.filter((event) => event.dest === off.dest && event.time > off.time).length, 0)
})

test('something new happens on the last day', () => {
  const lastDay = fleet.filter((event) => event.time > defaultEnd - 86_400_000)
  assert.ok(lastDay.some((event) => dataOf(event, 'Path') === 'C:\\PerfLogs\\rclone.exe'))
  assert.ok(lastDay.some((event) => dataOf(event, 'New Value').endsWith('= 0x0')))
})

test('a log of one day has its stories too', () => {
  const day = [...simulate({ dests: 5, days: 1, events: 1000 })]
  assert.ok(day.some((event) => dataOf(event, 'Path') === 'C:\\PerfLogs\\rclone.exe'))
  assert.ok(day.some((event) => isRule(event, 'ransomware') && event.time <= defaultEnd))
})
