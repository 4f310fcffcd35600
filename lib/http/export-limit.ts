import type { Context } from '#lib/access/context.ts'
import { networkOf } from '#lib/access/network.ts'
import { openRate } from '#lib/access/rate.ts'
import { hourLength } from '#lib/asr/hours.ts'
import { readNumbers } from '#lib/process/number-settings.ts'
import { shared } from '#lib/process/shared.ts'
import { hasCode } from '#lib/thread/error.ts'

const settings = { exportsPerHour: { name: 'EXPORTS_PER_HOUR', value: 600 } } as const

/** Exports that each account or token may make in an hour. @throws if the setting is not a number above 0 */
export const exportsPerHour = (environment: Record<string, string | undefined> = process.env): number =>
  readNumbers(settings, environment).exportsPerHour

/** An actor has made too many exports. */
export class TooManyExports extends Error {
  override name = 'TooManyExports'
  code = 'TOO_MANY_EXPORTS'
  /** Seconds until the next one is possible. */
  readonly seconds: number
  constructor(wait: number) {
    const seconds = Math.ceil(wait / 1000)
    super(
      `Too many exports: the limit is ${exportsPerHour()} an hour (EXPORTS_PER_HOUR), because each adds a row to the audit log. Try again in ${seconds} s.`,
    )
    this.seconds = seconds
  }
}

export const isTooManyExports = (error: unknown): error is TooManyExports => hasCode(error, 'TOO_MANY_EXPORTS')

/** What exports are counted for: an account in all its sessions, a token, or an address whose user is not known. */
const counted = ({ actor, by }: Pick<Context, 'actor' | 'by'>): string =>
  'id' in actor ? `${actor.kind} ${actor.id}` : `address ${networkOf(by.address ?? 'local')}`

/**
 * Counts something that only reads and adds a row to the audit log, as an export does, before it is recorded. The local actor has no limit:
 * the server has no accounts, or the actor has its files anyway.
 * @throws TooManyExports
 */
export function countExport(context: Pick<Context, 'actor' | 'by'>): void {
  if (context.actor.kind === 'local') return
  const rate = shared('exports', () => openRate(Math.max(1, exportsPerHour()), hourLength))
  const wait = rate.take(counted(context), context.by.at)
  if (wait > 0) throw new TooManyExports(wait)
}
