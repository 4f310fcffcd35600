import { codes, type Mode } from '#lib/asr/codes.ts'
import type { FleetStack } from '#lib/model/rows.ts'
import { defaultParams } from '#lib/params/defaults.ts'
import { linkTo, literal } from '#lib/params/link.ts'

/** The stacks of every event of a meaning. */
export function modeHref(mode: Mode, tz: string): string {
  const found = Object.keys(codes).filter((code) => codes[Number(code)]?.mode === mode)
  return linkTo('/stacking', 'stacking', { ...defaultParams('stacking'), filters: { EventCode: found }, tz })
}

const filtersOf = ({ ID, Process_Name, Path, EventCode }: FleetStack) => ({
  ID: [literal(ID)],
  Process_Name: [literal(Process_Name)],
  Path: [literal(Path)],
  EventCode: [String(EventCode)],
})

/** A stack of the fleet as the stacks it has on each dest. */
export const fleetStackHref = (stack: FleetStack, tz: string): string =>
  linkTo('/stacking', 'stacking', { ...defaultParams('stacking'), filters: filtersOf(stack), tz })

/** The dests a stack of the fleet was seen on. */
export const fleetDestsHref = (stack: FleetStack, tz: string): string =>
  linkTo('/hosts', 'hosts', { ...defaultParams('hosts'), filters: filtersOf(stack), tz })

/** A path with the zone of the screen kept. */
export const withZone = (path: string, tz: string): string =>
  tz === 'UTC' ? path : `${path}${path.includes('?') ? '&' : '?'}tz=${encodeURIComponent(tz)}`
