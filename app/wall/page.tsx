import type { Metadata } from 'next'
import { Wall } from '#components/wall/wall.tsx'
import { readWallSettings, wallParams } from '#components/wall/wall-settings.ts'
import { context } from '#lib/access/context.ts'
import { currentWall } from '#lib/http/wall-figures.ts'
import { isDisplay, wallFor } from '#lib/http/wall-redacted.ts'
import { wallPath } from '#lib/params/hrefs.ts'
import { readScreen } from '#lib/params/read-screen.ts'

export const metadata: Metadata = { title: 'Wall' }

/** The wall display, right before any script has run. */
export default async function WallPage({ searchParams }: PageProps<'/wall'>) {
  const { screen, problems } = readScreen(wallPath, 'events', await searchParams, wallParams)
  const { actor } = await context()
  const isUnattended = isDisplay(actor)
  const { settings, problems: further } = readWallSettings(screen.own, screen.params, isUnattended)
  const initial = wallFor(actor, await currentWall(settings))
  return <Wall {...{ initial, settings, screen, isUnattended }} problems={[...problems, ...further]} />
}
