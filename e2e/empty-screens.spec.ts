import { everyScreen, expectAccessible, expectNoSidewaysScroll, openScreen } from './fixtures/pages.ts'
import { expect, test } from './fixtures/test.ts'

test.use({ holds: 'nothing', owner: 'empty screens' })

for (const colorScheme of ['light', 'dark'] as const) {
  test(`every screen without data is accessible in the ${colorScheme} theme`, async ({ page, server }) => {
    test.slow()
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    for (const path of await everyScreen(server)) {
      await openScreen(page, path)
      await expectAccessible(page, path)
    }
  })
}

test('every screen without data fits a window of 320 pixels', async ({ page, server }) => {
  test.slow()
  await page.setViewportSize({ width: 320, height: 640 })
  for (const path of await everyScreen(server)) {
    await openScreen(page, path)
    await expectNoSidewaysScroll(page, path)
  }
})

test('a wall without data says what to do', async ({ page }) => {
  await page.goto('/wall')
  await expect(page.getByRole('heading', { name: 'No events yet' })).toBeVisible()
  await expect(page.getByRole('main')).toContainText('npm run ingest -- FILE')
  await page.getByRole('link', { name: 'the uploads page' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Uploads' })).toBeVisible()
})
