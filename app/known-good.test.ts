import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createElement, type ReactNode } from 'react'
import { readWallSettings } from '#components/wall/wall-settings.ts'
import { defaultParams } from '#lib/params/defaults.ts'
import type { Screen } from '#lib/params/screen.ts'
import { openMemory } from '#lib/store/memory/memory.ts'
import { markupOf } from './testing-page.ts'

const { KnownGoodSwitch } = await import('#components/risk/left-out.tsx')
const { WallBar } = await import('#components/wall/wall-bar.tsx')

const screenOf = (path: string, table: Screen['table'], own: Screen['own'] = {}): Screen => ({
  ...{ path, table, own, params: { ...defaultParams(table), tz: 'Asia/Tokyo' } },
})

/** The links of some markup whose text is one of two, by their text: where each leads, and whether it is the current one. */
async function choicesOf(make: () => ReactNode, texts: readonly string[]) {
  const markup = await markupOf(make, openMemory().reads as never)
  return texts.map((text) => {
    const [, tag = ''] = new RegExp(`(<a\\b[^>]*>)${text}</a>`).exec(markup) ?? []
    return [/href="([^"]*)"/.exec(tag)?.[1]?.replaceAll('&amp;', '&'), tag.includes('aria-current')]
  })
}

const texts = ['all risk', 'without known good']

test('risk that is known good is left out by a link of the same page, and is not at first', async () => {
  const shown = (screen: Screen, isApplied: boolean) =>
    choicesOf(() => createElement(KnownGoodSwitch, { screen, isApplied }), texts)
  assert.deepEqual(await shown(screenOf('/', 'events'), false), [
    ['/?tz=Asia%2FTokyo', true],
    ['/?tz=Asia%2FTokyo&dispositions=apply', false],
  ])
  assert.deepEqual(await shown(screenOf('/', 'events', { dispositions: 'apply' }), true), [
    ['/?tz=Asia%2FTokyo', false],
    ['/?tz=Asia%2FTokyo&dispositions=apply', true],
  ])
  assert.deepEqual(await shown(screenOf('/risk', 'risk'), false), [
    ['/risk?tz=Asia%2FTokyo', true],
    ['/risk?dispositions=apply&tz=Asia%2FTokyo', false],
  ])
})

test('the wall has the same choice among its controls', async () => {
  const shown = (own: Screen['own']) => {
    const screen = screenOf('/wall', 'events', own)
    const { settings } = readWallSettings(own, screen.params)
    return choicesOf(
      () => createElement(WallBar, { screen, settings, isShown: true, isUnattended: false, ref: null }),
      ['all', 'without known good'],
    )
  }
  assert.deepEqual(await shown({}), [
    ['/wall?tz=Asia%2FTokyo', true],
    ['/wall?tz=Asia%2FTokyo&dispositions=apply', false],
  ])
  assert.deepEqual(
    (await shown({ dispositions: 'apply' })).map(([, isCurrent]) => isCurrent),
    [false, true],
  )
})
