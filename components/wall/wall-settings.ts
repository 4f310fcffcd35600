import type { Params, Problem } from '#lib/params/params.ts'

/** The panels that can take the middle of the wall in turn. */
export const panelNames = ['hours', 'hosts', 'rules', 'disabled', 'rare'] as const
export type PanelName = (typeof panelNames)[number]

/** How a wall hangs: everything of it is in its URL. */
export type WallSettings = {
  /** Panels that take the middle in turn; none if they are side by side. */
  rotate: readonly PanelName[]
  /** Seconds before the next panel or page of a list. */
  dwell: number
  theme: 'light' | 'dark' | null
  anchor: Params['anchor']
  /** Whether the risk of what is known good is left out. */
  dispositions: 'apply' | null
  /** Whether user names in paths are hidden. */
  redact: boolean
  tz: string
}

export const wallParams = ['rotate', 'dwell', 'theme', 'redact', 'dispositions'] as const
type Own = Partial<Record<string, string>>

function readRotate(text = 'off'): readonly PanelName[] | null {
  if (text === 'off') return []
  if (text === 'on') return panelNames
  const panels = text.split(',')
  return panels.every((panel): panel is PanelName => panelNames.some((name) => name === panel)) ? panels : null
}

/**
 * Reads what only a wall's URL says. What makes no sense is named and ignored, and so is `redact=off` of an unattended screen: the
 * server sends it no name of a user.
 */
export function readWallSettings(
  own: Own,
  { anchor, tz }: Params,
  isUnattended = false,
): { settings: WallSettings; problems: Problem[] } {
  const problems: Problem[] = []
  const or = <Value>(param: string, value: Value | null, usual: Value, message: string): Value => {
    if (value !== null) return value
    problems.push({ param, value: own[param] ?? '', message })
    return usual
  }
  const dwell = own.dwell === undefined ? 15 : Number(own.dwell)
  const { redact = 'on' } = own
  const theme: WallSettings['theme'] = own.theme === 'light' || own.theme === 'dark' ? own.theme : null
  if (own.theme !== undefined) or('theme', theme, null, 'Give light or dark.')
  const applied = own.dispositions === 'apply' ? own.dispositions : null
  if (own.dispositions !== undefined) or('dispositions', applied, null, 'Give apply.')
  const settings: WallSettings = {
    dispositions: applied,
    rotate: or('rotate', readRotate(own.rotate), [], `Give off, on, or some of ${panelNames.join(',')}.`),
    dwell: or('dwell', dwell >= 3 && dwell <= 3600 ? dwell : null, 15, 'Give seconds from 3 to 3600.'),
    theme,
    anchor,
    redact: or('redact', redact === 'on' || redact === 'off' ? redact === 'on' : null, true, 'Give on or off.'),
    tz,
  }
  if (isUnattended && !settings.redact)
    settings.redact = or('redact', null, true, 'A screen with a display token is sent no path and no name of a user.')
  return { settings, problems }
}
