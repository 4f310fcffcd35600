/** The one channel whose events count (Splunk's macro `ms_defender`); forwarded events keep it. */
export const defenderChannel = 'Microsoft-Windows-Windows Defender/Operational'

const defenderLower = defenderChannel.toLowerCase()

export const isDefenderChannel = (channel: string): boolean =>
  channel === defenderChannel || channel.toLowerCase() === defenderLower

/** The key under which a record that is not ours is counted: `1150` on this channel, `Security/4688` on another. */
export const otherCode = (channel: string, eventCode: number | string): string =>
  isDefenderChannel(channel) ? String(eventCode) : `${channel}/${eventCode}`
