/** The one channel whose events count (Splunk's macro `ms_defender`); forwarded events keep it. */
export const defenderChannel = 'Microsoft-Windows-Windows Defender/Operational'

const defenderLower = defenderChannel.toLowerCase()

export const isDefenderChannel = (channel: string): boolean =>
  channel === defenderChannel || channel.toLowerCase() === defenderLower

/** SQLite's JSON ends a key at its first zero character: two keys would be one, and counts be lost. */
const asKey = (text: string): string => (text.includes('\0') ? text.replaceAll('\0', '\ufffd') : text)

/** The key under which a record that is not ours is counted: `1150` on this channel, `Security/4688` on another. */
export const otherCode = (channel: string, eventCode: number | string): string =>
  isDefenderChannel(channel) ? String(eventCode) : asKey(`${channel}/${eventCode}`)
