import { everyScreen, expectAccessible, expectNoSidewaysScroll, openScreen } from './fixtures/pages.ts'
import { expect, test } from './fixtures/test.ts'

test.use({ holds: 'fleet' })

for (const colorScheme of ['light', 'dark'] as const) {
  test(`every screen with data is accessible in the ${colorScheme} theme`, async ({ page, server }) => {
    test.slow()
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    for (const path of await everyScreen(server)) {
      await openScreen(page, path)
      await expectAccessible(page, path)
    }
  })
}

test('every screen with data fits a window of 320 pixels', async ({ page, server }) => {
  test.slow()
  await page.setViewportSize({ width: 320, height: 640 })
  for (const path of await everyScreen(server)) {
    await openScreen(page, path)
    await expectNoSidewaysScroll(page, path)
  }
})

test('every menu and dialog of a table is accessible, and closes by Escape', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await openScreen(page, '/audit?limit=25&last=30d')
  for (const name of ['Time range', 'Time zone', 'Filter', 'Columns', 'Export', 'Theme', 'Help and keys']) {
    const opener = page.getByRole('main').getByRole('button', { name, exact: name === 'Filter' })
    await opener.click()
    const popup = page.getByRole('dialog').or(page.getByRole('menu'))
    await expect(popup).toBeVisible()
    await expectAccessible(page, name, 'dialog, [role=dialog], [role=menu]')
    await page.keyboard.press('Escape')
    await expect(popup).toHaveCount(0)
    await expect(opener).toBeFocused()
  }
})
