import { measureFirstLoad } from '#tools/bench/first-load.ts'
import { everyScreen } from './fixtures/pages.ts'
import { rowsOf } from './fixtures/screen.ts'
import { expect, test } from './fixtures/test.ts'

/** kB (1,000 bytes) of JavaScript, as the server sends it. */
const most = 200

test('no page loads more than 200 kB of compressed JavaScript at first', async ({ page, server }) => {
  test.slow()
  for (const path of await everyScreen(server)) {
    const { script } = await measureFirstLoad(page, server.url + path)
    expect.soft(script, path).toBeLessThanOrEqual(most)
    expect.soft(script, `${path} has scripts that were counted`).toBeGreaterThan(50)
  }
})

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false })

  test('tables and charts are in the page as it is sent', async ({ page }) => {
    await page.goto('/stacking?limit=25')
    await expect(rowsOf(page.getByRole('table', { name: 'ASR Rules Stacking' }))).toHaveCount(25)
    await page.goto('/')
    const chart = page.getByRole('img', { name: /^Events over time, \d+ bars, busiest/ })
    await expect(chart).toBeVisible()
    for (const mode of ['block', 'audit']) {
      const bars = page.locator(`figure rect[data-mode=${mode}]`)
      await expect(bars).toBeVisible()
      expect(
        await bars.evaluate((rect) => rect.parentElement?.querySelector('clipPath path')?.getAttribute('d')),
      ).toMatch(/^M\d+ \d+h\d+V\d+h-\d+z/)
    }
    await expect(page.locator('figure')).toContainText(/\d{4}-\d{2}-\d{2}/)
    // Scripts that are only blocked for the test do not make the browser show it.
    const wall = await page.request.get('/wall')
    expect(await wall.text()).toContain('<noscript>Turn JavaScript on')
  })
})
