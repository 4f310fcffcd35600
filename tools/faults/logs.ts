import { codes } from '#lib/asr/codes.ts'
import { renderXml } from '#tools/simulate/render-xml.ts'
import { simulate } from '#tools/simulate/simulate.ts'

const events = [...simulate({ dests: 1, days: 7, events: 100, others: 0 })].filter(
  ({ EventCode }) => EventCode in codes,
)
const mark = 'HOST-OF-FAULTS'
const template = events.map((event) => `${renderXml({ ...event, dest: mark })}\n`).join('')

/** Events of each host in a log. */
export const eventsOfHost = events.length

/** The log of one host: one record a line. */
const hostLog = (host: string): Buffer => Buffer.from(template.replaceAll(mark, host))

/** Bytes of the log of so many hosts whose names have the same length. */
export const bytesOf = (hosts: string[]): number => hosts.length * hostLog(hosts[0] ?? '').length

/** The log of some hosts, host by host: made while it is sent, since logs fill hundreds of megabytes. */
export async function* logOf(hosts: string[]): AsyncGenerator<Uint8Array> {
  for (const host of hosts) yield hostLog(host)
}

/** The same in one piece. */
export const completeLogOf = (hosts: string[]): Buffer => Buffer.concat(hosts.map(hostLog))
