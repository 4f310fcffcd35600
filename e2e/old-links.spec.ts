import { everyScreen } from './fixtures/pages.ts'
import { rowsOf } from './fixtures/screen.ts'
import { expect, test } from './fixtures/test.ts'

test('no link of any screen names a stack or an event by a number', async ({ page, server }) => {
  test.slow()
  for (const screen of await everyScreen(server)) {
    await page.goto(screen)
    const links = await page.locator('a[href]').evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''))
    expect(
      links.filter((link) => /\/events\/\d+(?![\w-])|[?&](stack|open)=\d+(?![\w-])/.test(link)),
      screen,
    ).toEqual([])
  }
})

test('a stack that is open has its key in the address, and its links lead to keys', async ({ page }) => {
  await page.goto('/stacking')
  await rowsOf(page.getByRole('table', { name: 'ASR Rules Stacking' }))
    .first()
    .getByRole('cell')
    .nth(3)
    .click()
  await expect(page).toHaveURL(/[?&]open=[\w-]{22}$/)
  const panel = page.getByRole('complementary', { name: 'Stack' })
  await expect(panel.getByRole('link', { name: 'All events of this stack' })).toHaveAttribute(
    'href',
    /[?&]stack=[\w-]{22}$/,
  )
  const member = panel.getByRole('region', { name: 'Newest events' }).getByRole('link').first()
  await expect(member).toHaveAttribute('href', /^\/events\/e[\w-]{31}$/)
  await member.click()
  await expect(page.getByRole('link', { name: 'Its stack' })).toHaveAttribute('href', /[?&]stack=[\w-]{22}$/)
})

test('a link of before 0.2 shows no rows and says why', async ({ page }) => {
  for (const path of ['/events?stack=1', '/stacking?stack=12', '/registry?stack=123&last=7d']) {
    await page.goto(path)
    await expect(page.getByRole('heading', { name: 'No such stack is stored' }), path).toBeVisible()
    await expect(page.getByRole('list', { name: 'Parameters that make no sense' })).toContainText('shows no rows')
    await expect(page.getByText('made before version 0.2').first()).toBeVisible()
    await expect(page.getByRole('table')).toHaveCount(0)
  }
  await page.goto('/events/1')
  await expect(page.getByRole('heading', { name: 'This link cannot be resolved' })).toBeVisible()
  await page.goto(`/events?stack=${'A'.repeat(22)}`)
  await expect(page.getByRole('heading', { name: 'No such stack is stored' })).toBeVisible()
})
