import { hourLength } from '#lib/asr/hours.ts'
import { makeRandom, type Random } from './random.ts'
import { type Mode, type Ring, type RuleName, ringMode } from './rules.ts'
import { platforms } from './versions.ts'
import { departments, dnsSuffixes, domain, givenNames, surnames } from './words.ts'

export type DestKind = 'workstation' | 'laptop' | 'developer' | 'server' | 'exchange' | 'domainController'

/** One host of the fleet; what changes while the log is written is below the line. */
export type Dest = {
  /** As `Computer` spells it: a short name or an FQDN. */
  name: string
  shortName: string
  kind: DestKind
  ring: Ring
  /** Account of the main user, and `DOMAIN\account`. */
  account: string
  user: string
  sid: string
  platform: (typeof platforms)[number]
  /** How long after its release new security intelligence arrives here, in ms. */
  signatureLag: number
  processId: number
  /** First and last ms in which the host logs anything. */
  firstSeen: number
  lastSeen: number
  // ---
  recordId: number
  reportedSignature: string
  /** Modes that differ from the ring's. */
  modes: Map<RuleName, Mode>
}

export type Span = { start: number; end: number }

/** Twenty hosts of a usual company: W workstation, L laptop, S server, D developer. */
const mix = 'WLWSLWLDWLWWSLWLWLWL'
const letterKinds: Record<string, DestKind> = { W: 'workstation', L: 'laptop', S: 'server', D: 'developer' }
const namePrefixes: Record<DestKind, string> = {
  workstation: 'WS',
  laptop: 'LT',
  developer: 'DEV',
  server: 'SRV',
  exchange: 'EXCH',
  domainController: 'DC',
}

/** Share of hosts that fall silent, and of hosts that are new in the last part of the time span. */
const silentShare = 0.04
const newShare = 0.02

function destKind(index: number): DestKind {
  if (index % 50 === 6) return 'domainController'
  if (index % 100 === 12) return 'exchange'
  return letterKinds[mix.charAt(index % mix.length)] ?? 'workstation'
}

function destName(index: number, kind: DestKind, random: Random): { name: string; shortName: string } {
  const middle = kind === 'workstation' || kind === 'laptop' ? `${random.pick(departments)}-` : ''
  const shortName = `${namePrefixes[kind]}-${middle}${String(index + 1).padStart(4, '0')}`
  const chance = random.next()
  if (chance < 0.4) return { name: shortName, shortName }
  const fqdn = `${shortName}.${random.pick(dnsSuffixes)}`
  return { name: chance < 0.6 ? fqdn.toLowerCase() : fqdn, shortName }
}

function makeDest(index: number, span: Span, random: Random): Dest {
  const kind = destKind(index)
  const { name, shortName } = destName(index, kind, random)
  const isServer = kind === 'server' || kind === 'exchange' || kind === 'domainController'
  const account = `${random.pick(givenNames)}.${random.pick(surnames)}`
  const inWorkgroup = !isServer && random.next() < 0.05
  const platformChance = random.next()
  const platformIndex = platformChance < 0.6 ? 0 : platformChance < 0.85 ? 1 : platformChance < 0.95 ? 2 : 3
  const length = span.end - span.start
  const fate = random.next()
  const isKept = index === 0
  return {
    name,
    shortName,
    kind,
    ring: isServer ? 'server' : random.next() < 0.15 ? 'pilot' : 'broad',
    account,
    user: `${inWorkgroup ? shortName : domain}\\${account}`,
    sid: `S-1-12-1-${2_000_000_000 + random.int(2_000_000_000)}-${random.int(2 ** 31)}-${random.int(2 ** 31)}-${random.int(2 ** 31)}`,
    platform: platforms[platformIndex],
    signatureLag: Math.floor(random.next() ** 4 * 30 * hourLength),
    processId: 2000 + 4 * random.int(3000),
    firstSeen: !isKept && fate > 1 - newShare ? span.end - length * (0.01 + 0.02 * random.next()) : span.start,
    lastSeen: !isKept && fate < silentShare ? span.start + length * (0.2 + 0.6 * random.next()) : span.end,
    recordId: 100 + random.int(40_000),
    reportedSignature: '',
    modes: new Map(),
  }
}

/** The hosts of the fleet, the same for the same seed. The first one logs from the first minute to the last. */
export function makeFleet(dests: number, seed: number, span: Span): Dest[] {
  const random = makeRandom(seed, 'fleet')
  return Array.from({ length: dests }, (_, index) => makeDest(index, span, random))
}

/** The mode a host has a rule in, now. */
export const ruleMode = (dest: Dest, rule: RuleName): Mode => dest.modes.get(rule) ?? ringMode(dest.ring, rule)
