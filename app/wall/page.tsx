import type { Metadata } from 'next'
import { Wall } from '#components/wall/wall.tsx'
import { readWallSettings, wallParams } from '#components/wall/wall-settings.ts'
import { currentWall } from '#lib/http/wall-figures.ts'
import { wallPath } from '#lib/params/hrefs.ts'
import { readScreen } from '#lib/params/read-screen.ts'

export const metadata: Metadata = { title: 'Wall' }

/** The wall display, right before any script has run. */
export default async function WallPage({ searchParams }: PageProps<'/wall'>) {
  const { screen, problems } = readScreen(wallPath, 'events', await searchParams, wallParams)
  const { settings, problems: further } = readWallSettings(screen.own, screen.params)
  const initial = await currentWall(settings)
  return <Wall initial={initial} settings={settings} screen={screen} problems={[...problems, ...further]} />
}
