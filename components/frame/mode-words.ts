/** What each mode of the tables shows, for someone who sees the switch for the first time. */
export const modeWords = {
  complete: 'Complete: every event is counted. A field that was not logged is shown as NULL.',
  faithful:
    "Faithful: exactly the rows of Splunk's search, which leaves out every event that lacks a field it groups by.",
} as const
