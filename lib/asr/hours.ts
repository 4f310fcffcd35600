/** Milliseconds of an hour and of a day. Hours and days are those of UTC, counted from 1970. */
export const hourLength = 3_600_000
export const hoursOfDay = 24
export const dayLength = hoursOfDay * hourLength

/** The hour, or the day, that a time in milliseconds is in. */
export const hourOf = (time: number): number => Math.floor(time / hourLength)
export const dayOf = (time: number): number => Math.floor(time / dayLength)

/** The start of the hour, or of the day, that a time is in. */
export const startOfHour = (time: number): number => hourOf(time) * hourLength
export const startOfDay = (time: number): number => dayOf(time) * dayLength

/** The day that an hour is in. */
export const dayOfHour = (hour: number): number => Math.floor(hour / hoursOfDay)

export const isStartOfDay = (time: number): boolean => time % dayLength === 0
export const isStartOfHour = (time: number): boolean => time % hourLength === 0
