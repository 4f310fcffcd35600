'use client'
import { type RefObject, useEffect, useState } from 'react'

/** Milliseconds after the last movement of the pointer for which the bar stays. */
const staysFor = 4000

/**
 * Whether the bar of the wall is shown: for a while after the pointer has moved or touched, and by Esc until it is pressed again. Esc
 * moves the focus into the bar, and out of it.
 */
export function useBar(bar: RefObject<HTMLElement | null>): boolean {
  const [isShown, setShown] = useState(false)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const show = () => {
      setShown(true)
      clearTimeout(timer)
      timer = setTimeout(() => setShown(false), staysFor)
    }
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      clearTimeout(timer)
      const focused = document.activeElement
      if (focused instanceof HTMLElement && bar.current?.contains(focused)) {
        focused.blur()
        setShown(false)
      } else {
        setShown(true)
        bar.current?.querySelector<HTMLElement>('a, button')?.focus()
      }
    }
    addEventListener('pointermove', show)
    addEventListener('pointerdown', show)
    addEventListener('keydown', press)
    return () => {
      clearTimeout(timer)
      removeEventListener('pointermove', show)
      removeEventListener('pointerdown', show)
      removeEventListener('keydown', press)
    }
  }, [bar])
  return isShown
}
