'use client'
import { useEffect, useState } from 'react'
import type { WallData } from '#lib/model/rows.ts'
import { apiPaths } from '#lib/params/api-paths.ts'
import type { WallSettings } from './wall-settings.ts'

/**
 * How the wall is connected, and when it last heard from the server. `unexpected`: the server answers something else than
 * this page can show. `ended`: the token or session of this screen is not valid any more. `skew` is the server's clock less this one's.
 */
export type Feed = {
  data: WallData
  link: 'starting' | 'live' | 'polling' | 'lost' | 'unexpected' | 'ended'
  heardAt: number
  skew: number
}

/** The server speaks every five seconds; after four silences it is asked instead. */
const silence = 20_000
const askEvery = 10_000
/** The page comes with the figures of its moment: what parses later ones is loaded when it has long been painted. */
const parsesAfter = 3000

/** What the wall shows, live by server-sent events and by asking if those do not come through. The last good figures stay. */
export function useFeed(
  initial: WallData,
  { anchor, dispositions }: Pick<WallSettings, 'anchor' | 'dispositions'>,
): Feed {
  const [feed, setFeed] = useState<Feed>({ data: initial, link: 'starting', heardAt: initial.at, skew: 0 })
  useEffect(() => {
    const search = `?anchor=${anchor}${dispositions === null ? '' : `&dispositions=${dispositions}`}`
    let spokenAt = Date.now()
    const painted = new Promise((resolve) => setTimeout(resolve, parsesAfter))
    /** A screen that was signed out stays so, whatever was still on its way. */
    const show = (change: Partial<Feed>) => setFeed((last) => (last.link === 'ended' ? last : { ...last, ...change }))
    const hear = async (link: Feed['link'], text: string) => {
      const heardAt = Date.now()
      try {
        await painted
        const { readWall } = await import('./read-wall.ts')
        const data = readWall(text)
        show({ data, link, heardAt, skew: data.at - heardAt })
      } catch (error) {
        console.error(error)
        show({ link: 'unexpected' })
      }
    }
    const stop = () => {
      clearInterval(timer)
      source.close()
    }
    const end = () => {
      stop()
      show({ link: 'ended' })
    }
    const ask = async () => {
      try {
        const answer = await fetch(`${apiPaths.wall}${search}`, { signal: AbortSignal.timeout(askEvery) })
        if (answer.status === 401 || answer.status === 403) return end()
        if (!answer.ok) throw new Error(`The server answered ${answer.status}.`)
        hear('polling', await answer.text())
      } catch {
        show({ link: 'lost' })
      }
    }
    const open = (): EventSource => {
      const stream = new EventSource(`${apiPaths.wallStream}${search}`)
      stream.onmessage = ({ data }) => {
        spokenAt = Date.now()
        hear('live', data)
      }
      stream.addEventListener('ended', end)
      // Refused for good: the answer to a question says whether this screen was signed out.
      stream.onerror = () => void (stream.readyState === EventSource.CLOSED && ask())
      return stream
    }
    let source = open()
    const timer = setInterval(() => {
      // A stream that gave up for good is opened again.
      if (source.readyState === EventSource.CLOSED) source = open()
      if (source.readyState !== EventSource.OPEN || Date.now() - spokenAt > silence) ask()
    }, askEvery)
    return stop
  }, [anchor, dispositions])
  return feed
}
