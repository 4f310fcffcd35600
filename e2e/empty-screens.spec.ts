import { everyScreen, expectAccessible, expectNoSidewaysScroll, openScreen } from './fixtures/pages.ts'
import { test } from './fixtures/test.ts'

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
