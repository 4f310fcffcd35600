'use client'
import { type ComponentProps, useEffect } from 'react'
import { CellMenu } from './cell-menu.tsx'
import { CellTip } from './cell-tip.tsx'

/** What the pointer or the focus did first in a table: its tools are loaded then. */
export type FirstUse = { type: 'pointerover' | 'pointerdown' | 'focusin'; target: Element; init: PointerEventInit }

type Props = { first: FirstUse; menu: ComponentProps<typeof CellMenu>; tip: ComponentProps<typeof CellTip> }

/** The menu and the tooltip of the cells of a table. What happened before they were there happens again for them. */
export function CellTools({ first, menu, tip }: Props) {
  useEffect(() => {
    const { type, target, init } = first
    if (!target.isConnected) return
    const again = { ...init, bubbles: true }
    target.dispatchEvent(type === 'focusin' ? new FocusEvent(type, again) : new PointerEvent(type, again))
  }, [first])
  return (
    <>
      <CellMenu {...menu} />
      <CellTip {...tip} />
    </>
  )
}
