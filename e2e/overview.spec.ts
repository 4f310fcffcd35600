import { isOurs } from './fixtures/fleet.ts'
import { clipboard, numberIn, rowsOf } from './fixtures/screen.ts'
import { expect, test } from './fixtures/test.ts'

test.use({ holds: 'fleet' })

const day = 86_400_000

test('the whole overview is of one range, which its URL has and a picker changes', async ({ page, fleet }) => {
  const times = fleet.filter(isOurs).map(({ time }) => Date.parse(time))
  const newest = Math.max(...times)
  const figures = page.getByRole('region', { name: /^Figures/ })
  const figure = (name: string) => figures.getByRole('link', { name: new RegExp(`^${name}`) })
  const countOf = async (name: string) => numberIn((await figure(name).locator('.text-28').innerText()) ?? '')

  await page.goto('/')
  const picker = page.getByRole('button', { name: /^Time range/ })
  await expect(picker).toContainText('Last 30 days to the newest event')
  expect(await countOf('Events')).toBe(times.length)

  await picker.click()
  await page.getByRole('dialog').getByRole('link', { name: 'Last 24 hours' }).click()
  await expect(page).toHaveURL(/\/\?last=24h&anchor=newest$/)
  await expect(page.getByRole('region', { name: 'Figures, Last 24 hours to the newest event' })).toBeVisible()
  const inDay = times.filter((time) => time >= newest - day)
  expect(await countOf('Events')).toBe(inDay.length)
  const legend = page.getByRole('list', { name: 'Legend' })
  const inChart = (await legend.getByRole('listitem').allInnerTexts()).map(numberIn)
  expect(inChart.reduce((sum, each) => sum + each, 0)).toBe(inDay.length)
  const link = new URL((await figure('Hosts').getAttribute('href')) ?? '', page.url())
  expect(link.pathname + link.search).toBe('/hosts?last=24h&anchor=newest')

  await page.getByRole('button', { name: 'Copy link' }).click()
  const pinned = new URL(await clipboard(page)).searchParams
  expect([pinned.get('from'), pinned.get('to'), pinned.get('last')]).toEqual([
    new Date(newest - day).toISOString(),
    new Date(newest).toISOString(),
    null,
  ])

  await picker.click()
  await page.getByRole('dialog').getByRole('link', { name: 'All time' }).click()
  await expect(picker).toContainText('All time')
  expect(await countOf('Events')).toBe(times.length)
  await page.goto('/?from=2001-01-01&to=2001-01-02')
  await expect(page.getByRole('heading', { name: 'No events in this time range' })).toBeVisible()
})

test('the tile of configuration leads to the configuration changes of the range, and says how many there are', async ({
  page,
  server,
}) => {
  const { events } = await server.get<{ events: number }>('/api/v1/registry?last=7d&anchor=newest')
  expect(events).toBeGreaterThan(0)
  await page.goto('/?last=7d&anchor=newest')
  const tile = page.getByRole('link', { name: /^Configuration .*of ASR/ })
  await expect(tile).toContainText(`${events} of ASR`)
  await tile.click()
  await expect(page).toHaveURL(/\/registry\?last=7d&anchor=newest$/)
})

test('"Show all" leads to the rows of a short list and all others, in its order', async ({ page }) => {
  await page.goto('/')
  for (const name of ['Rarest stacks', 'New in the last day', 'Most frequent stacks']) {
    const short = page.getByRole('list', { name })
    const few = await short.getByRole('listitem').allInnerTexts()
    const hrefs = (list: typeof short) =>
      list.getByRole('link').evaluateAll((links) => links.map((link) => link.getAttribute('href')))
    const shown = await hrefs(short)
    expect(few.length).toBeGreaterThan(0)
    expect(new Set(few).size, 'each row differs from every other').toBe(few.length)
    await page.getByRole('link', { name: `Show all of ${name.toLowerCase()}` }).click()
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
    const all = page.getByRole('list', { name })
    expect((await hrefs(all)).slice(0, shown.length)).toEqual(shown)
    const pages = page.getByRole('navigation', { name: 'Pages' })
    const total = numberIn((await pages.getByText(/ of /).innerText()).split('of')[1])
    expect(total).toBeGreaterThanOrEqual(shown.length)
    await page.getByRole('link', { name: 'Back to the overview' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
  }
  await page.getByRole('link', { name: 'Show all hosts by risk' }).click()
  await expect(page).toHaveURL(/\/risk\?anchor=newest$/)
})

test('every part of a row leads where its link does', async ({ page }) => {
  await page.goto('/')
  const row = page.getByRole('list', { name: 'Rarest stacks' }).getByRole('listitem').first()
  const href = await row.getByRole('link').first().getAttribute('href')
  const { width, height } = (await row.boundingBox()) ?? { width: 0, height: 0 }
  await row.click({ position: { x: width - 3, y: height - 3 } })
  await expect(page).toHaveURL((url) => url.pathname + url.search === href)
  expect(await rowsOf(page.getByRole('table')).count()).toBeGreaterThan(0)
})

test('rules disabled and weakened protection are on the overview, and lead to the rows that they are', async ({
  page,
  server,
}) => {
  const { rows, total } = await server.get<{ rows: { stack: string; dest: string }[]; total: number }>(
    '/api/v1/registry?weakened=1&last=30d&anchor=newest&sort=-lastTime',
  )
  expect(total).toBeGreaterThan(0)
  await page.goto('/')
  const list = page.getByRole('list', { name: 'Protection weakened' })
  await expect(list.getByRole('listitem').first()).toContainText(rows[0]?.dest.split('.')[0] ?? '')
  await expect(list.getByRole('link').first()).toHaveAttribute('href', `/registry?stack=${rows[0]?.stack}`)
  await page.getByRole('link', { name: 'Show all protection weakened' }).click()
  await expect(page).toHaveURL(/\/registry\?last=30d&anchor=newest&weakened=1$/)
  await expect(rowsOf(page.getByRole('table'))).toHaveCount(total)
  await expect(page.getByRole('list', { name: 'Filters' })).toContainText('weakened protection')
})

test('silences within logs are one click away, on the overview and on the ranking, as many as receipts say', async ({
  page,
  server,
}) => {
  const { rows } = await server.get<{ rows: { id: string }[] }>('/api/v1/uploads?sort=-createdAt')
  const { rows: breaks } = await server.get<{ rows: { kind: string }[] }>(
    `/api/v1/uploads/${rows.at(-1)?.id}/breaks?limit=10000`,
  )
  const silences = breaks.filter(({ kind }) => kind === 'silence').length
  expect(silences).toBeGreaterThan(0)
  for (const [path, name] of [
    ['/', 'Silences of more than a day within logs'],
    ['/risk?last=30d&anchor=newest', 'Silences within logs'],
  ] as const) {
    await page.goto(path)
    await page.getByRole('link', { name }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Silences within logs' })).toBeVisible()
    const pages = page.getByRole('navigation', { name: 'Pages' })
    expect(numberIn((await pages.getByText(/ of /).innerText()).split('of')[1]), path).toBe(silences)
    await expect(page.getByRole('list', { name: 'Silences within logs' }).getByRole('listitem').first()).toContainText(
      'No record for',
    )
  }
})
