/** The page of one event, in the zone of the screen that leads there. */
export const eventHref = (id: string, tz: string): string =>
  tz === 'UTC' ? `/events/${id}` : `/events/${id}?${new URLSearchParams({ tz })}`
