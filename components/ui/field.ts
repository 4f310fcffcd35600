/** Classes of a text input, a select or a date field, 28 pixels high. */
export const fieldClass =
  'h-7 min-w-0 rounded border border-control bg-ground px-2 text-13 text-ink placeholder:text-dim disabled:opacity-50'

/** Classes of the words over a field. */
export const labelClass = 'flex flex-col gap-1 text-12 text-dim'
