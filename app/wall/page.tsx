import type { Metadata } from 'next'
import { Wall } from '#components/wall/wall.tsx'
import { readWallSettings, wallParams } from '#components/wall/wall-settings.ts'
import { context } from '#lib/access/context.ts'
import { currentWall } from '#lib/http/wall-figures.ts'
import { wallPath } from '#lib/params/hrefs.ts'
import { readScreen } from '#lib/params/read-screen.ts'

export const metadata: Metadata = { title: 'Wall' }

/** The wall display, right before any script has run. */
export default async function WallPage({ searchParams }: PageProps<'/wall'>) {
  const { screen, problems } = readScreen(wallPath, 'events', await searchParams, wallParams)
  const { settings, problems: further } = readWallSettings(screen.own, screen.params)
  const { reads } = await context()
  const [initial, rules] = await Promise.all([currentWall(settings), reads.ruleNames()])
  const shorts = Object.fromEntries(rules.map(({ name, short }) => [name, short]))
  return (
    <Wall initial={initial} shorts={shorts} settings={settings} screen={screen} problems={[...problems, ...further]} />
  )
}
