'use client'
import type { ReactNode } from 'react'
import { useBeat } from './use-clock.ts'

const places = [
  [0, 0],
  [2, 0],
  [2, 2],
  [0, 2],
  [-2, 2],
  [-2, 0],
  [-2, -2],
  [0, -2],
  [2, -2],
] as const

/** Moves everything by a pixel or two every three minutes, so that no edge burns into the display. */
export function BurnInShift({ children }: { children: ReactNode }) {
  const [x, y] = places[useBeat(180) % places.length] ?? places[0]
  return (
    <div className="wall-sheet" style={x === 0 && y === 0 ? undefined : { translate: `${x}px ${y}px` }}>
      {children}
    </div>
  )
}
