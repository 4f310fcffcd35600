/**
 * Classes of what a table scrolls in: the height that is left on its screen, or, in a screen that scrolls as one, only
 * sideways and only if it must, so that its head can stay at the top.
 */
export const scrollerClass = (fills: boolean): string =>
  fills ? 'min-h-0 min-w-0 flex-1 overflow-auto' : 'min-w-0 max-[1320px]:overflow-x-auto'
