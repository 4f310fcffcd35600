/** Ids of questions that this tab has ended by going to another screen before they were answered. */
export const left = new Set<string>()

/** The id of the link that asks a question again which was cancelled. */
export const countAgain = 'count-again'
