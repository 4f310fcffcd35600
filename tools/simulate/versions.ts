import { hourLength } from '#lib/asr/hours.ts'

/** Platform builds in use, the usual ones first; the last is from before the LSASS rule swapped its two roles. */
export const platforms = [
  { product: '4.18.26100.3', engine: '1.1.26100.2', oldRoles: false },
  { product: '4.18.26090.9', engine: '1.1.26090.5', oldRoles: false },
  { product: '4.18.26080.6', engine: '1.1.26080.4', oldRoles: false },
  { product: '4.18.1909.6', engine: '1.1.26100.2', oldRoles: true },
] as const

/** Hours between two releases of security intelligence, and how far the build number moves with each. */
const releaseHours = 6
const releaseStep = 40
const buildsPerMinor = 2200

/** Build number of the bad release; on 13 January 2023 it was 1.381.2140.0 that took Start menu shortcuts away. */
const stormBuild = 2140
const stormMinor = 459

/** The version of security intelligence that is out at `time`, counted from the bad release at `stormStart`. */
export function signatureVersion(time: number, stormStart: number): string {
  const releases = Math.floor((time - stormStart) / (releaseHours * hourLength))
  const builds = stormBuild + releases * releaseStep
  const minors = Math.floor(builds / buildsPerMinor)
  return `1.${stormMinor + minors}.${builds - minors * buildsPerMinor}.0`
}

/** The one version the false-positive storm is tied to, and how long it is out. */
export const stormVersion = `1.${stormMinor}.${stormBuild}.0`
export const stormLength = releaseHours * hourLength

/** Whether the bad release is the one that is out at `time`. */
export const isStormVersion = (time: number, stormStart: number): boolean =>
  time >= stormStart && time < stormStart + stormLength
