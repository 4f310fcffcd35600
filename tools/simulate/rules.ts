/** The 19 ASR rules by a short name (GUIDs: learn.microsoft.com, attack-surface-reduction-rules-reference). */
export const ruleIds = {
  signedDrivers: '56a863a9-875e-4185-98a7-b882c64b5ce5',
  lsass: '9e6c4e1f-7d60-472f-ba1a-a39ef669e4b2',
  wmiPersistence: 'e6db77e5-3df2-4cf1-b95a-636979351e5b',
  adobeChild: '7674ba52-37eb-4a4f-a9a1-f0f9a1619a2c',
  officeChild: 'd4f940ab-401b-4efc-aadc-ad5f3c50688a',
  emailContent: 'be9ba2d9-53ea-4cdc-84e5-9b1eeee46550',
  untrustedExe: '01443614-cd74-433a-b99e-2ecdc07bfc25',
  obfuscatedScript: '5beb7efe-fd9a-4556-801d-275e5ffc04cc',
  scriptDownload: 'd3e037e1-3eb8-44c8-a917-57927947596d',
  officeContent: '3b576869-a4ec-4529-8536-b80a7769e899',
  officeInjection: '75668c1f-73b5-4cf0-bb93-3ecf5cb7cc84',
  outlookChild: '26190899-1602-49e8-8b27-eb1d0a1ce869',
  psexecWmi: 'd1e49aac-8f56-4280-b9ba-993a6d77406c',
  safeMode: '33ddedf1-c6e0-47cb-833e-de6133960387',
  usb: 'b2b3f03d-6a65-4f7b-a9c7-1c7ef74a9ba4',
  copiedTools: 'c0033c00-d16d-4114-a5a0-dc9b3a7d2ceb',
  webshell: 'a8f5898e-1dc8-49a9-9878-85004b8a61e6',
  macroWin32: '92e97fa1-2edf-4476-bdd6-9dd0b4dddc7b',
  ransomware: 'c1db55ab-c21a-4637-bb3f-a12568109d35',
  /** Undocumented, found in the engine's Lua (commial/experiments): an ID that no lookup names. */
  alphaTest: 'a1ef78eb-fe9b-4fb2-b548-50b85b4d2af7',
} as const

export type RuleName = keyof typeof ruleIds
export type Mode = 'block' | 'audit' | 'warn' | 'off'

/** Deployment rings: who has which rule in which mode. LSASS and Office injection know no warn mode. */
export const rings = {
  pilot: { others: 'block', untrustedExe: 'warn', usb: 'warn', officeChild: 'warn', alphaTest: 'audit' },
  broad: {
    others: 'audit',
    signedDrivers: 'block',
    wmiPersistence: 'block',
    officeChild: 'block',
    officeInjection: 'block',
    macroWin32: 'block',
    emailContent: 'block',
    usb: 'warn',
    safeMode: 'off',
  },
  server: { others: 'audit', signedDrivers: 'block', webshell: 'block', safeMode: 'off' },
} as const satisfies Record<string, Partial<Record<RuleName, Mode>> & { others: Mode }>

export type Ring = keyof typeof rings

/** The mode a ring has a rule in. */
export function ringMode(ring: Ring, rule: RuleName): Mode {
  const modes: Partial<Record<RuleName, Mode>> & { others: Mode } = rings[ring]
  return modes[rule] ?? modes.others
}
