/** Whether a click or key meant a link or button inside a row, and not the row. */
export const isControl = (target: EventTarget): boolean =>
  target instanceof Element && target.closest('a, button') !== null

/** Whether the reader has marked text: then a click ends the marking and opens nothing. */
export const isMarking = (): boolean => String(window.getSelection()) !== ''
