'use client'
import { useEffect, useState } from 'react'

/** The time of day by the server's clock, a second at a time, beginning where the server rendered. */
export function useClock(initial: number, skew: number): number {
  const [now, setNow] = useState(initial)
  useEffect(() => {
    const tick = () => setNow(Date.now() + skew)
    tick()
    const timer = setInterval(tick, 1000)
    return () => clearInterval(timer)
  }, [skew])
  return now
}

/** Counts up by one every `seconds`, from 0. */
export function useBeat(seconds: number): number {
  const [beat, setBeat] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setBeat((count) => count + 1), seconds * 1000)
    return () => clearInterval(timer)
  }, [seconds])
  return beat
}
