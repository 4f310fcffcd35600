import { codes, type Mode } from '#lib/asr/codes.ts'
import type { DetectionKey } from '#lib/asr/detections.ts'
import type { OidcProblem } from '#lib/model/access.ts'
import type { ContinuityListName, FleetStack } from '#lib/model/rows.ts'
import { defaultParams } from './defaults.ts'
import { valuesProblem } from './limits.ts'
import { carried, linkTo, literal } from './link.ts'
import type { Params, TableName } from './params.ts'
import { isAllowed } from './pattern.ts'
import { screenHref } from './screen.ts'

// Every address of a page is written here. A link to the same page with something changed is made by `screen.ts`, those that a cell
// of a table leads to by `pivots.ts`, those of stacks over any fields by `stack-hrefs.ts`, and the addresses of the API are in
// `api-paths.ts`.

export const overviewPath = '/'
export const wallPath = '/wall'
export const decisionsPath = '/dispositions'
export const groupsPath = '/groups'
export const signInPath = '/sign-in'
export const displayPath = '/display'
export const accountPath = '/account'
export const notAllowedPath = '/not-allowed'
export const comparePath = '/uploads/compare'
export const adminPath = '/admin'
/** The pages of administration, in the order of their tabs. */
export const adminPaths = {
  users: '/admin/users',
  tokens: '/admin/tokens',
  sessions: '/admin/sessions',
  audit: '/admin/audit',
  settings: '/admin/settings',
  storage: '/admin/storage',
} as const
export const setUpPath = '/set-up'

/** The page that a one-time link opens. Browsers send what comes after # to nobody. */
export const setUpHref = (secret: string): string => `${setUpPath}#${secret}`
/** A small log to download and try an upload with (in `public`). */
export const sampleLogPath = '/sample-defender.xml'

/**
 * A text as a part of a path. Browsers take `.` and `..` for steps in the path, even percent-encoded: these two are preceded by
 * `~`, and so is a text that already looks like that.
 */
const partOf = (text: string): string => encodeURIComponent(/^~*\.\.?$/.test(text) ? `~${text}` : text)
/** Returns the text of a part of a path that is already percent-decoded, without the `~` of `~.` and `~..`. */
export const decodedPart = (part: string): string => (/^~+\.\.?$/.test(part) ? part.slice(1) : part)

/** The page of a table has the name of the table. */
export const tablePath = (table: TableName): string => `/${table}`
export const eventPath = (id: string): string => `/events/${encodeURIComponent(id)}`
export const hostPath = (dest: string): string => `/hosts/${partOf(dest)}`
export const rulePath = (ID: string): string => `/rules/${partOf(ID)}`
export const continuityPath = (id: string): string => `${uploadPath(id)}/continuity`

/** The receipt of an upload, or a part of it. */
export const uploadPath = (id: string, part?: 'in-this-file' | 'duplicates' | 'rejects'): string =>
  `/uploads/${encodeURIComponent(id)}${part === undefined ? '' : `#${part}`}`

/** Returns a part of a path as it was before it was encoded; null if it is not validly encoded. */
export function pathPart(encoded: string): string | null {
  try {
    return decodedPart(decodeURIComponent(encoded))
  } catch {
    // URIError: the address is not valid, and the caller answers so.
    return null
  }
}

/** An address with these parameters; those that are null, and the zone UTC, are left out. */
function withSearch(path: string, given: Record<string, string | null>): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(given))
    if (value !== null && !(name === 'tz' && value === 'UTC')) search.set(name, value)
  return search.size === 0 ? path : `${path}?${search}`
}

const isoText = (time: number | null): string | null => (time === null ? null : new Date(time).toISOString())

/** One list of the overview, in a range. */
export const overviewListHref = (show: string, { from, to, tz }: Pick<Params, 'from' | 'to' | 'tz'>): string =>
  withSearch(overviewPath, { show, from: isoText(from), to: isoText(to), tz })

/** A path in the zone of the screen that leads there. */
export const withZone = (path: string, tz: string): string => withSearch(path, { tz })

/** A table with some parameters changed; everything else is at its default. */
export const tableHref = (table: TableName, change: Partial<Params>): string =>
  linkTo(tablePath(table), table, defaultParams(table), change)

/** The page of one event, in the zone of the screen that leads there. */
export const eventHref = (id: string, tz: string): string => withZone(eventPath(id), tz)

/** The page of a rule, for the time range of the screen that leads there. */
export const ruleHref = (ID: string, params: Params): string => linkTo(rulePath(ID), 'rules', carried(params, 'rules'))

/** All events of a stack, for the time range of the screen that leads there. */
export const stackEventsHref = (stack: string, params: Params): string =>
  linkTo(tablePath('events'), 'events', { ...carried(params, 'events'), stack })

/**
 * The drilldown of a host, with the time range of the table it is opened from made absolute (the seed's `info_min_time`
 * and `info_max_time`), and with that table's detection.
 */
export const hostHref = (
  dest: string,
  { from, to }: { from: number | null; to: number | null },
  tz: string,
  detection: DetectionKey | null = null,
): string => withSearch(hostPath(dest), { from: isoText(from), to: isoText(to), detection, tz })

/** *View risk events for the last 7 days for - "$dest$"*: the second drilldown of a host, at the anchor of the screen it is opened from, with the decisions it applies. */
export const hostRiskHref = (
  dest: string,
  { anchor, tz, dispositions = null }: Pick<Params, 'anchor' | 'tz'> & Partial<Pick<Params, 'dispositions'>>,
): string => withSearch(hostPath(dest), { tab: 'risk', anchor: anchor === 'now' ? null : anchor, dispositions, tz })

/** The EventCodes of a meaning. */
export const codesOf = (mode: Mode): string[] => Object.keys(codes).filter((code) => codes[Number(code)]?.mode === mode)

/** The stacks of every event of a meaning in a time range; of configuration changes, those of ASR. */
export const modeHref = (mode: Mode, range: Partial<Params>): string =>
  mode === 'configuration'
    ? tableHref('registry', range)
    : tableHref('stacking', { ...range, filters: { EventCode: codesOf(mode) } })

/** A host or a rule that a list has counts of. */
export type Counted = { field: 'dest' | 'ID'; value: string }

/** What a count is of: all events of its row or those of a mode, the rules of a host, the hosts of a rule. */
export type CountedOf = Mode | 'events' | 'rules' | 'hosts'

/**
 * What a count of a host or a rule is of, under the range and the filters of its list. Null if the link would have more filter
 * values than a link can have.
 */
export function countHref({ field, value }: Counted, of: CountedOf, params: Params): string | null {
  const filters: Params['filters'] = { ...params.filters, [field]: [literal(value)] }
  if (of !== 'events' && of !== 'rules' && of !== 'hosts')
    filters.EventCode = codesOf(of).filter((code) => isAllowed(params.filters.EventCode ?? [], code))
  if (valuesProblem(filters) !== null) return null
  const table: TableName = of === 'rules' || of === 'hosts' ? of : 'events'
  const narrowed = { ...carried(params, table), q: params.q, stack: params.stack }
  if (of !== 'hosts') return linkTo(tablePath(table), table, { ...narrowed, filters })
  const { ID: _, ...others } = filters
  const screen = { path: rulePath(value), table, params: { ...narrowed, filters: others }, own: { tab: 'hosts' } }
  return screenHref(screen)
}

const filtersOf = ({ ID, Process_Name, Path, EventCode }: FleetStack): Params['filters'] => ({
  ID: [literal(ID)],
  Process_Name: [literal(Process_Name)],
  Path: [literal(Path)],
  EventCode: [String(EventCode)],
})

/** A stack of the fleet as the stacks it has on each host, or as the hosts it was seen on. */
export const fleetStackHref = (stack: FleetStack, table: 'stacking' | 'hosts', tz: string): string =>
  tableHref(table, { filters: filtersOf(stack), tz })

/** Every stack in a span of time. */
export const spanHref = (span: { from: number; to: number }, tz: string): string =>
  tableHref('stacking', { ...span, tz })

export type ContinuityLink = { show: ContinuityListName; dest?: string }

/** The lists of an upload in full: its hosts, breaks or versions, of all hosts or one. */
export const continuityHref = (id: string, tz: string, { show, dest }: ContinuityLink): string =>
  withSearch(continuityPath(id), { show, dest: dest === undefined ? null : literal(dest), tz })

/** The way through sign-in to an address of this server, which is percent-encoded already. */
export const signInHref = (to: string): string =>
  to === overviewPath ? signInPath : `${signInPath}?to=${to.replaceAll(/[^\w\-.~/?=,:;@!*'()]/g, encodeURIComponent)}`

/** Sign-in after one with a provider that failed, which says why. */
export const signInFailedHref = (to: string, problem: OidcProblem): string => {
  const href = signInHref(to)
  return `${href}${href.includes('?') ? '&' : '?'}problem=${problem}`
}

/** The comparison of an upload with another one, which is still to be chosen. */
export const compareHref = (id: string): string => withSearch(comparePath, { a: id })

const kept = { time: ['from', 'to', 'last', 'anchor'], zone: ['tz'] }

/** A screen's link from one with this search: the zone stays, and the time range if the screen has one. */
export function placeHref(place: { href: string; keepsTime?: boolean }, search: URLSearchParams): string {
  const names = place.keepsTime === false ? kept.zone : [...kept.time, ...kept.zone]
  const next = new URLSearchParams(names.flatMap((name) => search.getAll(name).map((value) => [name, value])))
  return next.size === 0 ? place.href : `${place.href}?${next}`
}
