import type { Locator, Page } from '@playwright/test'
import { expectAccessible } from './fixtures/pages.ts'
import { expect, test } from './fixtures/test.ts'

const chartOf = (page: Page) => page.locator('figure')
/** The chart before anything of it is loaded, and after. */
const drawnOf = (page: Page) => chartOf(page).getByRole('img', { name: /^Events over time, \d+ bars/ })
const loadedOf = (page: Page) => chartOf(page).getByRole('application')
const tipOf = (page: Page) => chartOf(page).locator('.recharts-tooltip-wrapper')

async function boxOf(locator: Locator) {
  const box = await locator.boundingBox()
  if (box === null) throw new Error('It is not on the page.')
  return box
}

test('pointing at a bar shows its figures, and the drawing does not move', async ({ page }) => {
  await page.goto('/')
  const bars = chartOf(page).locator('rect[data-mode=audit]')
  const before = await boxOf(bars)
  const { x, y, width, height } = await boxOf(drawnOf(page))
  const heightBefore = (await boxOf(chartOf(page))).height
  // One movement is enough: where the pointer came to rest while the chart was loaded counts.
  await expect(async () => {
    await page.mouse.move(x + width - 4, y - 60)
    await page.mouse.move(x + width - 4, y + height / 2)
    await expect(tipOf(page).locator('dd')).toHaveCount(5, { timeout: 2000 })
  }).toPass()
  expect(await boxOf(bars)).toEqual(before)
  expect((await boxOf(chartOf(page))).height).toBe(heightBefore)
  const day = await tipOf(page).locator('p').first().innerText()
  await chartOf(page).getByRole('button', { name: 'As a table' }).click()
  expect(day).toContain(await chartOf(page).locator('tbody th').first().innerText())
  expect((await boxOf(chartOf(page))).height).toBe(heightBefore)
})

test('by keyboard: the focus loads the chart and stays on it, arrows go from bar to bar, Enter narrows', async ({
  page,
}) => {
  await page.goto('/', { waitUntil: 'networkidle' })
  await drawnOf(page).focus()
  await expect(loadedOf(page)).toBeFocused()
  await expect(loadedOf(page)).toHaveAccessibleName(/^Events over time, \d+ bars, busiest/)
  await page.keyboard.press('ArrowRight')
  await expect(tipOf(page).locator('dd')).toHaveCount(5)
  await expectAccessible(page, 'a chart that is pointed at', 'figure')
  const first = await tipOf(page).locator('p').first().innerText()
  await page.keyboard.press('ArrowRight')
  await expect(tipOf(page).locator('p').first()).not.toHaveText(first)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/[?&]from=.*to=/)
})

test('a click on a bar narrows to its span, also before the chart is loaded', async ({ page }) => {
  // What is loaded for pointing never comes.
  let isHeld = false
  await page.route(/\.js$/, (route) => (isHeld ? undefined : route.continue()))
  await page.goto('/', { waitUntil: 'networkidle' })
  isHeld = true
  const { width, height } = await boxOf(drawnOf(page))
  await drawnOf(page).click({ position: { x: width - 4, y: height / 2 } })
  isHeld = false
  await expect(page).toHaveURL(/[?&]from=.*to=/)
})
