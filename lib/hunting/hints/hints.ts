/** The hints in the order of their bits: bit 0 is the first. */
const table = [
  ['misplaced', 'System name elsewhere', 'a program has the name of one of Windows and is not in its folder'],
  [
    'lookalike',
    'Like a system name',
    'a name differs from that of a program of Windows by one letter, letters that look alike, or added digits',
  ],
  [
    'writable',
    'User-writable',
    'what runs is outside Windows and Program Files, or in a folder there that every user can write to',
  ],
  ['temp', 'Temp', 'what runs is in a folder for temporary files'],
  ['download', 'Download', 'what runs was downloaded, or opened from mail or the cache of a browser'],
  ['removable', 'Removable', 'the rule about USB found something on a drive other than C:'],
  ['network', 'Network', 'what runs is on another machine: a share, WebDAV, or an address that a script host is given'],
  ['scriptHost', 'Script host', 'a program that runs the script, library or command that it is given'],
  ['swappedRoles', 'Roles swapped', 'the LSASS rule has lsass.exe as Process_Name: the program that opened it is Path'],
] as const

export type HintKey = (typeof table)[number][0]

/** What each hint is called on screen, and what it says; `bit` is its bit in a mask. */
export const hints = Object.fromEntries(
  table.map(([key, name, says], index) => [key, { name, says, bit: 1 << index }]),
) as Readonly<Record<HintKey, { name: string; says: string; bit: number }>>

/** The keys of the hints in the order of their bits. */
export const hintNames: readonly HintKey[] = table.map(([key]) => key)

/** Returns the hints of a mask in the order of their bits. */
export const hintsOfMask = (mask: number): HintKey[] => hintNames.filter((key) => (mask & hints[key].bit) !== 0)
