/** What a comparison shows under its two sides: its dests, the events of either, codes or versions. */
export const shows = ['dests', 'both', 'a', 'b', 'codes', 'versions'] as const
export type Show = (typeof shows)[number]

/** What the URL names; the dests where it names none. */
export const showOf = (text: string | undefined): Show => shows.find((show) => show === text) ?? 'dests'
