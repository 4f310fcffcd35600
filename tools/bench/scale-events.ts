import { defenderChannel } from '#lib/asr/channel.ts'
import { dayLength, hourLength, hoursOfDay } from '#lib/asr/hours.ts'
import { hoursOf, makeShares, stormStart } from '#tools/simulate/calendar.ts'
import { defaultEnd } from '#tools/simulate/options.ts'
import { makeRandom, type Random } from '#tools/simulate/random.ts'
import { policyValue, ruleValue } from '#tools/simulate/registry-values.ts'
import { escapeXml } from '#tools/simulate/render-xml.ts'
import { type RuleName, ruleIds } from '#tools/simulate/rules.ts'
import { platforms, signatureVersion } from '#tools/simulate/versions.ts'
import { givenNames, surnames, wordLists } from '#tools/simulate/words.ts'
import { combinations, data, roles } from './scale-combinations.ts'
import { userOperations } from './scale-user-operations.ts'

/** What decides the log of a large fleet. It is made much faster than by `tools/simulate`, but it has no scenarios. */
export type ScaleOptions = {
  events: number
  hosts: number
  days: number
  /** Percent of events without EventRecordID. */
  withoutId: number
  seed: number
}

export type ScaleLog = {
  /** The number of the host of each event; events are numbered by time. */
  hosts: Uint32Array
  /** Returns the event as one line. The events of one host must be rendered by ascending number, each once. */
  render: (event: number) => string
}

const noisyHosts = 5
const noisyFactor = 20

/** A hash of two integers (the finalizer of MurmurHash3). */
function hash(a: number, b: number): number {
  let value = Math.imul(a, 0x9e3779b1) ^ Math.imul(b + 0x7f4a7c15, 0x85ebca6b)
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35)
  return (value ^ (value >>> 16)) >>> 0
}

/** Draws the host of each event. A few hosts log twenty times as much as the others. */
function drawHosts({ events, hosts, seed }: ScaleOptions): Uint32Array {
  const noisy = Math.min(noisyHosts, Math.floor(hosts / 20))
  const step = Math.floor(hosts / Math.max(1, noisy))
  const tickets = hosts + noisy * (noisyFactor - 1)
  return Uint32Array.from({ length: events }, (_, event) => {
    const ticket = Math.floor((hash(seed ^ 0x5bd1e995, event) / 2 ** 32) * tickets)
    return ticket < hosts ? ticket : step * Math.floor((ticket - hosts) / (noisyFactor - 1))
  })
}

type Host = {
  computer: string
  user: string
  home: string
  sid: string
  product: string
  engine: string
  lag: number
  browser: string
  role: number
}

function makeHost(index: number, random: Random): Host {
  // There are fewer pairs of names than hosts: a number makes most accounts unique.
  const account = `${random.pick(givenNames)}.${random.pick(surnames)}${index % 10 === 0 ? '' : index}`
  const platform = platforms[Math.floor(random.next() ** 2 * 3)] ?? platforms[0]
  const computer = `PC-${String(index + 1).padStart(5, '0')}.corp.example.com`
  return {
    computer: `<Execution ProcessID='${2000 + 4 * random.int(3000)}' ThreadID='${4 * (200 + random.int(4000))}'/><Channel>${defenderChannel}</Channel><Computer>${computer}</Computer><Security UserID='S-1-5-18'/></System><EventData>`,
    user: `CORP\\${account}`,
    home: `C:\\Users\\${account}`,
    sid: `S-1-12-1-${2_000_000_000 + random.int(2_000_000_000)}-${random.int(2 ** 31)}-${random.int(2 ** 31)}-${random.int(2 ** 31)}`,
    product: data('Product Name', 'Microsoft Defender Antivirus') + data('Product Version', platform.product),
    engine: data('Engine Version', platform.engine),
    lag: Math.floor(random.next() ** 4 * 24),
    browser: random.pick(browsers),
    role: random.int(roles),
  }
}

const two = Array.from({ length: 60 }, (_, value) => String(value).padStart(2, '0'))
const hexWords = Array.from({ length: 0x10000 }, (_, word) => (0x10000 + word).toString(16).slice(1))
const hex8 = (bits: number): string => `${hexWords[bits >>> 16]}${hexWords[bits & 0xffff]}`

/** Returns the number of the first event of each hour, and the number of all events at the end. */
function firstOfHours(events: number, weights: readonly number[]): number[] {
  const share = makeShares(
    events,
    weights.reduce((sum, weight) => sum + weight, 0),
  )
  const firsts = [0]
  for (const weight of weights) firsts.push((firsts.at(-1) ?? 0) + share(weight))
  firsts[weights.length] = events
  return firsts
}

const opening =
  "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>" +
  "<Provider Name='Microsoft-Windows-Windows Defender' Guid='{11cd958a-c507-4ef3-b3f2-5fd9dfbd2c78}'/><EventID>"
const headOf = (code: number, level: number) =>
  `${opening}${code}</EventID><Version>0</Version><Level>${level}</Level><Task>0</Task><Opcode>0</Opcode><Keywords>0x8000000000000000</Keywords><TimeCreated SystemTime='`
const heads: Record<number, string> = Object.fromEntries(
  [1121, 1122, 1125, 1126, 1129, 1131, 1132, 1133, 1134, 5007].map((code) => [
    code,
    headOf(code, code === 1121 || code === 1126 ? 3 : 4),
  ]),
)
const closing = '</EventData></Event>'
const unused = data('Unused', '')
const ruleType = data('RuleType', 'ENT\\ConsR')
const inheritance = data('Inhertiance Flags', '0x00000000')

const controls = 'HKLM\\SOFTWARE\\Microsoft\\Windows Defender'
const change = (before: string, after: string) =>
  data('Old Value', escapeXml(before)) + data('New Value', escapeXml(after))
const housekeeping = [
  ...[48, 10, 23, 61].map((number) => change(`${controls}\\Features\\Controls\\${number} = 0x1`, '')),
  change('Default\\IsServiceRunning = 0x0', `${controls}\\IsServiceRunning = 0x1`),
  ...[1, 2, 3, 7].map((age) =>
    change(
      `${controls}\\Signature Updates\\ASSignatureDue = 0x${age}`,
      `${controls}\\Signature Updates\\ASSignatureDue = 0x0`,
    ),
  ),
]
const ruleNames = Object.keys(ruleIds) as RuleName[]
const asrChanges = [
  ...ruleNames.map((rule) => change(ruleValue(rule, 2), ruleValue(rule, 1))),
  ...ruleNames.slice(0, 6).map((rule) => change(ruleValue(rule, 1), ruleValue(rule, 0))),
  change(policyValue(['lsass', 2], ['usb', 6]), policyValue(['lsass', 1], ['usb', 1])),
]
const websites = (wordLists.website ?? []).map((name) => `https://${name}`)
const browsers = wordLists.browser ?? []
const documents = (wordLists.document ?? []).map(escapeXml)

/** Makes the log. The same options make the same log, and an event does not depend on the order of rendering. */
export function makeScaleLog(options: ScaleOptions): ScaleLog {
  const { events, days, seed, withoutId } = options
  const span = { start: defaultEnd - days * dayLength, end: defaultEnd }
  const hours = hoursOf(span)
  const storm = stormStart(span)
  const firsts = firstOfHours(
    events,
    hours.map(({ weight }) => weight),
  )
  const prefixes = hours.map(({ start }) => new Date(start).toISOString().slice(0, 14))
  const signatures = Array.from({ length: hours.length + 24 }, (_, index) =>
    data('Security intelligence Version', signatureVersion(span.start + (index - hoursOfDay) * hourLength, storm)),
  )
  const hostOf = drawHosts(options)
  const hostRandom = makeRandom(seed, 'scale hosts')
  const hosts = Array.from({ length: options.hosts }, (_, index) => makeHost(index, hostRandom))
  const blocks = combinations(seed, 'block')
  const audits = combinations(seed, 'audit')
  const recordIds = Uint32Array.from(hosts, (_, host) => 100 + (hash(seed ^ 0x27d4eb2f, host) % 40_000))

  let state = 0
  // mulberry32
  const bits = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let value = Math.imul(state ^ (state >>> 15), 1 | state)
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value
    return (value ^ (value >>> 14)) >>> 0
  }
  const chance = (): number => bits() / 2 ** 32
  const int = (below: number): number => Math.floor(chance() * below)
  const pick = <T>(list: readonly T[]): T => list[int(list.length)] as T

  let hour = 0
  function hourOf(event: number): number {
    if (event < (firsts[hour] ?? 0)) hour = 0
    while (event >= (firsts[hour + 1] ?? events)) hour++
    return hour
  }
  const timeText = (milliseconds: number): string => {
    const second = Math.floor(milliseconds / 1000)
    return `${prefixes[hour]}${two[Math.floor(second / 60)]}:${two[second % 60]}.${String(1000 + (milliseconds % 1000)).slice(1)}`
  }

  const rulePart = (host: Host, time: string, code: number): string => {
    const signature = signatures[hour + 24 - host.lag] ?? ''
    const [id, user, path, rest] = operation(host, code)
    if (code === 1129) return `${unused}${id}${data('User', host.user)}${path}${data('Involved File', '')}`
    return `${unused}${id}${data('Detection Time', time)}${data('User', user)}${path}${signature}${host.engine}${ruleType}${rest}${inheritance}`
  }
  /** About a fifth of the operations are in the folder of the user, and most of these have a name that does not come again. */
  const operation = (host: Host, code: number): [id: string, user: string, path: string, rest: string] => {
    if (chance() < 0.22) {
      const { id, path, rest } = pick(userOperations)
      const name = chance() < 0.7 ? hex8(bits()) : 'reports'
      return [id, host.user, path(host.home, name), rest(host.home, name)]
    }
    const { id, path, rest } = (code === 1122 ? audits : blocks).at(bits() & 0xffff, host.role)
    return [id, chance() < 0.5 ? 'NT AUTHORITY\\SYSTEM' : host.user, path, rest]
  }
  const networkPart = (host: Host, time: string): string => {
    const site = chance() < 0.5 ? pick(websites) : `${pick(websites)}/${1000 + int(9000)}?a=1&amp;b=2`
    return `${data('ID', '')}${data('Detection Time', time)}${data('User', host.user)}${data('Destination', site)}${data('Process Name', host.browser)}`
  }
  const policyPart = (host: Host, time: string, code: number): string => {
    const name = pick(documents)
    const source = data('Source', `\\Device\\HarddiskVolume3\\Users\\${host.home.slice(9)}\\Documents\\${name}.docx`)
    const target = data('Target', `\\Device\\HarddiskVolume${1 + int(9)}\\${name}.docx`)
    const signature = (signatures[hour + 24 - host.lag] ?? '').replace('Security intelligence', 'Signature')
    if (code < 1133)
      return `${unused}${data('ID', `6d2c0b58-3f4e-4c6f-8a67-1e1f7a8c9b0${code === 1131 ? 2 : 1}`)}${data('State', code === 1131 ? 'Enforced' : 'Audit')}${data('Timestamp', time)}${data('Action', 'Write')}${data('Process', 'C:\\Windows\\explorer.exe')}${source}${target}${data('User', host.user)}${signature}${host.engine}`
    return `${unused}${data('Policy Version', '639111495510120544-b7211b87215d2b9ba00833fcc12b154c677c365a')}${data('Policy Rule Id', 'bdf1e9d2-a23f-4536-826f-90fc14da76b6:3b71777d-6417-4e1c-833d-5ee91dded6b2')}${data('Enforcement Level', code === 1133 ? 'Block' : 'Audit')}${data('Audit Reason', '0')}${data('Event Timestamp', '1601-01-01T00:01:00Z')}${data('Action Type', 'CopyToRemovableMedia')}${data('Process', 'explorer.exe')}${source}${target}${data('Session Id', '1')}${data('User Sid', host.sid)}${signature}${host.engine}`
  }
  const drawCode = (): number => {
    const share = chance() * 100
    if (share < 55) return 1121
    if (share < 85) return 1122
    if (share < 88) return 1129
    if (share < 92) return 1125
    if (share < 94) return 1126
    if (share < 96) return 1131 + int(4)
    return 5007
  }
  const body = (code: number, host: Host, time: string): string => {
    if (code === 1121 || code === 1122 || code === 1129) return rulePart(host, time, code)
    if (code === 1125 || code === 1126) return networkPart(host, time)
    if (code === 5007) return chance() < 0.15 ? pick(asrChanges) : pick(housekeeping)
    return policyPart(host, time, code)
  }

  function render(event: number): string {
    state = hash(seed, event)
    const index = hostOf[event] ?? 0
    const host = hosts[index] as Host
    const first = firsts[hourOf(event)] ?? 0
    const slot = hourLength / ((firsts[hour + 1] ?? events) - first)
    const time = (event - first + chance()) * slot
    const seconds = Math.min(hourLength - 1, Math.floor(time))
    const ticks = String(10_000 + Math.floor((time - Math.floor(time)) * 10_000)).slice(1)
    const code = drawCode()
    // Other events of the channel, which are not in this log, have numbers too.
    const recordId = (recordIds[index] ?? 0) + 1 + (chance() < 0.15 ? int(20) : 0)
    recordIds[index] = recordId
    const number = chance() * 100 < withoutId ? '' : `<EventRecordID>${recordId}</EventRecordID>`
    const correlation =
      code !== 5007 && chance() < 0.7
        ? `<Correlation ActivityID='{${hex8(bits())}-${hexWords[bits() >>> 16]}-4${hex8(bits()).slice(1, 4)}-a${hex8(bits()).slice(1, 4)}-${hex8(bits())}${hexWords[bits() >>> 16]}}'/>`
        : '<Correlation/>'
    const detected = `${timeText(Math.max(0, seconds - int(4)))}Z`
    return `${heads[code]}${timeText(seconds)}${ticks}Z'/>${number}${correlation}${host.computer}${host.product}${body(code, host, detected)}${closing}\n`
  }
  return { hosts: hostOf, render }
}
