import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { makeSlow } from '../tools/faults/endless.ts'
import { stacks } from './fixtures/needles.ts'
import { expectAccessible, expectNoSidewaysScroll } from './fixtures/pages.ts'
import { rowsOf } from './fixtures/screen.ts'
import { expect, test } from './fixtures/test.ts'

test.use({ owner: 'stack-progress', holds: 'fleet' })

const regionOf = (page: Page) => page.getByRole('region', { name: 'Progress' })
const cancelledOf = (page: Page) => page.getByRole('heading', { name: 'Counting was cancelled' })

let mend = () => {}
test.beforeEach(({ server }) => {
  mend = makeSlow(join(server.dataDir, 'asr-hunt.db'))
})
test.afterEach(() => mend())

/** Each test has a filter of its own: the events that fit the last few are remembered. */
const filtered = (text: string): string => `/stack?Process_Name=*${text}*&limit=25`

test('a question that takes long shows how far it is, is cancelled on the server, and asked again', async ({
  page,
  server,
}) => {
  await page.goto(filtered('.exe'), { waitUntil: 'commit' })
  const bar = regionOf(page).getByRole('progressbar', { name: 'Looking up the filters' })
  await expect(bar).toHaveAttribute('aria-valuetext', /^\d+ fitting events so far$/, { timeout: 30_000 })
  // The rest of the page can be used.
  await expect(page.getByRole('button', { name: 'Stack by: Rule × process' })).toBeVisible()
  await expectAccessible(page, 'the progress of a question', '[aria-label=Progress]')
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(cancelledOf(page)).toBeVisible()
  await expect(regionOf(page)).toHaveCount(0)
  await expect(page.getByRole('link', { name: 'Count again' })).toBeFocused()
  await expectAccessible(page, 'a question that was cancelled')
  // The process is free for others at once.
  expect((await fetch(`${server.url}/api/v1/stack?limit=1`)).status).toBe(200)
  mend()
  mend = () => {}
  await page.getByRole('link', { name: 'Count again' }).press('Enter')
  await expect(rowsOf(stacks(page)).first()).toBeVisible()
  await expect(regionOf(page)).toBeHidden()
})

test('the progress is shown when a filter is changed on the page, and leaving the page ends the question', async ({
  page,
  server,
}) => {
  const progress: string[] = []
  page.on('response', (response) => {
    if (response.url().includes('/api/v1/progress/'))
      progress.push(`${response.request().method()} ${response.status()}`)
  })
  await page.goto('/stack?limit=25')
  await expect(rowsOf(stacks(page)).first()).toBeVisible()
  await page.getByRole('searchbox').fill('windows')
  await page.keyboard.press('Enter')
  await expect(regionOf(page).getByRole('progressbar')).toBeVisible()
  await expect(stacks(page)).toHaveCount(0)
  await page.getByRole('link', { name: 'Hosts', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Hosts', exact: true })).toBeVisible()
  await expect.poll(() => progress.at(-1)).toBe('DELETE 204')
  expect((await fetch(`${server.url}/api/v1/stack?limit=1`)).status).toBe(200)
  mend()
  mend = () => {}
  // What was left is asked again when it is gone back to.
  await page.goBack()
  await expect(page).toHaveURL(/q=windows/)
  await expect(rowsOf(stacks(page)).first()).toBeVisible()
})

test('the progress fits a narrow screen in both themes', async ({ page }) => {
  for (const [index, colorScheme] of (['light', 'dark'] as const).entries()) {
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize({ width: 320, height: 640 })
    await page.goto(filtered(`e${'*'.repeat(index)}x`), { waitUntil: 'commit' })
    await expect(regionOf(page).getByRole('progressbar')).toBeVisible()
    await expectNoSidewaysScroll(page, `the progress in the ${colorScheme} theme`)
    await page.getByRole('button', { name: 'Cancel' }).click()
    await expect(cancelledOf(page)).toBeVisible()
  }
})

test('without scripts, a question that takes long says that the page can be loaded again', async ({ server }) => {
  const left = new AbortController()
  const { body } = await fetch(`${server.url}${filtered('win')}`, { signal: left.signal })
  const sentence = /<noscript>.*Reload this page when it has been loaded completely/s
  let sent = ''
  for await (const chunk of (body as NonNullable<typeof body>).pipeThrough(new TextDecoderStream())) {
    sent += chunk
    if (sentence.test(sent)) break
  }
  expect(sent).toMatch(sentence)
  left.abort()
})
