import { renderXml } from '#tools/simulate/render-xml.ts'
import { simulate } from '#tools/simulate/simulate.ts'
import { clipboard } from './fixtures/screen.ts'
import { expect, test } from './fixtures/test.ts'

test.use({ owner: 'about', holds: 'nothing' })

test('About on a detection is part of its URL, has its search to copy, and closes by Esc', async ({ page }) => {
  for (const [path, title, code] of [
    ['/stacking', 'ASR Rules Stacking', '1129'],
    ['/disabled', 'ASR Rule Disabled', '5007'],
  ] as const) {
    await page.goto(path)
    await page.getByRole('link', { name: 'About', exact: true }).click()
    await expect(page).toHaveURL(/[?&]about=detection/)
    await page.reload()
    const about = page.getByRole('complementary', { name: `About ${title}` })
    await expect(about).toContainText(code)
    for (const heading of [
      'What it finds',
      'How to collect them',
      'Known false positives',
      "Where our rows differ from Splunk's",
    ])
      await expect(about.getByRole('heading', { name: heading })).toBeVisible()
    await about.getByRole('button', { name: 'Copy SPL' }).click()
    expect(await clipboard(page)).toMatch(/^`ms_defender` EventCode IN \(/)
    await page.keyboard.press('Escape')
    await expect(about).toBeHidden()
    await expect(page).not.toHaveURL(/about=/)
  }
})

test('About gives the focus back, and Esc closes it although the table came after it', async ({ page, server }) => {
  const [event] = [...simulate({ dests: 2, days: 2, events: 20, others: 0 })]
  if (event === undefined) throw new Error('The fleet has no event.')
  await server.upload('one.xml', renderXml(event))
  const about = page.getByRole('complementary', { name: 'About ASR Rules Stacking' })
  await page.goto('/stacking?Path=nothing', { waitUntil: 'networkidle' })
  await page.getByRole('link', { name: 'About', exact: true }).press('Enter')
  await expect(about).toBeFocused()
  await page.getByRole('list', { name: 'Filters' }).first().getByRole('link').press('Enter')
  await expect(page.getByRole('table', { name: 'ASR Rules Stacking' })).toBeVisible()
  await about.focus()
  await page.keyboard.press('Escape')
  await expect(about).toHaveCount(0)

  await page.getByRole('link', { name: 'About', exact: true }).press('Enter')
  await expect(about).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(about).toHaveCount(0)
  await expect(page.getByRole('link', { name: 'About', exact: true })).toBeFocused()
})

test('Esc closes a stack and About one after the other, also if a link opened both', async ({ page, server }) => {
  const { rows } = await server.get<{ rows: { stack: string }[] }>('/api/v1/stacking?limit=1')
  const about = page.getByRole('complementary', { name: 'About ASR Rules Stacking' })
  const stack = page.getByRole('complementary', { name: 'Stack', exact: true })
  await page.goto(`/stacking?about=detection&open=${rows[0]?.stack}`, { waitUntil: 'networkidle' })
  await expect(about).toBeVisible()
  await expect(stack).toBeVisible()
  await page.keyboard.press('Escape')
  await expect.poll(async () => [await about.count(), await stack.count()].sort()).toEqual([0, 1])
  await page.keyboard.press('Escape')
  await expect(about).toHaveCount(0)
  await expect(stack).toHaveCount(0)
  await expect(page).toHaveURL(/\/stacking$/)
})

test('a host whose name is a step in a path has its page', async ({ page, server }) => {
  const [event] = [...simulate({ dests: 2, days: 2, events: 20, others: 0 })]
  if (event === undefined) throw new Error('The fleet has no event.')
  for (const name of ['.', '..']) {
    await server.upload('step.xml', renderXml(event).replace(/<Computer>[^<]*/, `<Computer>${name}`))
    await page.goto('/hosts')
    await page.getByRole('table', { name: 'Hosts' }).getByRole('link', { name, exact: true }).click()
    await expect(page.getByRole('heading', { level: 2, name, exact: true })).toBeVisible()
    await page.reload()
    await expect(page.getByRole('heading', { level: 2, name, exact: true })).toBeVisible()
  }
})

test('a rule of the lookup says what it does; one that no lookup has is named in place, for every screen', async ({
  page,
  server,
}) => {
  await page.goto('/rules/9E6C4E1F-7D60-472F-BA1A-A39EF669E4B2')
  await expect(page.getByText('Stops processes from reading the memory of lsass.exe')).toBeVisible()
  await page.getByText('About this rule').click()
  await expect(page.getByRole('link', { name: 'T1003.001' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Name this rule' })).toHaveCount(0)

  const ID = 'A1EF78EB-FE9B-4FB2-B548-50B85B4D2AF7'
  const event = [...simulate({ dests: 2, days: 2, events: 20, others: 0 })].find(({ EventCode }) => EventCode === 1121)
  if (event === undefined) throw new Error('The fleet has no 1121.')
  const values = event.values.map((value, index) => (event.names[index] === 'ID' ? ID : value))
  await server.upload('unknown.xml', renderXml({ ...event, values }))
  await page.goto(`/rules/${ID}`)
  await expect(page.getByRole('heading', { name: 'Unknown rule' })).toBeVisible()
  await page.getByRole('textbox', { name: 'Name of this rule' }).fill('Block <b>alpha</b> tests')
  await page.getByRole('button', { name: 'Name this rule' }).click()
  await expect(page.getByRole('heading', { name: 'Block <b>alpha</b> tests' })).toBeVisible()
  await page.goto('/rules?q=alpha')
  await expect(page.getByRole('table', { name: 'Rules' })).toContainText('Block <b>alpha</b> tests')
})
