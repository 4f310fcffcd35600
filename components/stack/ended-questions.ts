/** Ids of questions that this tab has ended before they were answered: by the button, and by going to another screen. */
export const cancelled = new Set<string>()
export const left = new Set<string>()
