export type Placing = {
  align: 'start' | 'center' | 'end'
  /** The side that is used if there is space. */
  side: 'above' | 'below'
  /** Pixels between the box and its anchor. */
  gap: number
}

/** Pixels that a floating box keeps from the edge of the window. */
const edge = 8

function place(box: HTMLElement, anchor: Element, { align, side, gap }: Placing): void {
  const { top, bottom, left, right } = anchor.getBoundingClientRect()
  const { clientWidth, clientHeight } = document.documentElement
  box.style.maxHeight = ''
  const { offsetWidth: width, offsetHeight: height } = box
  const above = top - gap - edge
  const below = clientHeight - bottom - gap - edge
  const [preferred, other] = side === 'above' ? [above, below] : [below, above]
  const isFlipped = height > preferred && other > preferred
  const isAbove = (side === 'above') !== isFlipped
  const space = Math.max(0, isAbove ? above : below)
  const start = { start: left, center: (left + right - width) / 2, end: right - width }[align]
  box.style.maxHeight = `${space}px`
  box.style.left = `${Math.max(edge, Math.min(start, clientWidth - width - edge))}px`
  box.style.top = `${isAbove ? top - gap - Math.min(height, space) : bottom + gap}px`
}

/** Shows a `popover` next to its anchor, over everything else, and keeps it there. Returns what stops that. */
export function showNextTo(box: HTMLElement, anchor: Element, placing: Placing): () => void {
  const again = () => place(box, anchor, placing)
  box.showPopover()
  again()
  const resized = new ResizeObserver(again)
  resized.observe(box)
  window.addEventListener('scroll', again, { capture: true, passive: true })
  window.addEventListener('resize', again)
  return () => {
    resized.disconnect()
    window.removeEventListener('scroll', again, { capture: true })
    window.removeEventListener('resize', again)
  }
}
