import { isOurs, tally } from './fixtures/fleet.ts'
import { columnOf, numberIn, reconciliation } from './fixtures/screen.ts'
import { expect, test } from './fixtures/test.ts'

type Risk = {
  rows: {
    normalized_risk_object: string
    score: number
    count: number
    'Search Name': string[]
    'Risk Message': string[]
    Annotations: string[]
  }[]
}

test("a host opens from a table with the table's time range, and shows both drilldowns by the seed's names", async ({
  page,
  server,
  fleet,
}) => {
  const from = `${fleet[Math.floor(fleet.length / 3)]?.time.slice(0, 19)}Z`
  const within = fleet.filter((line) => isOurs(line) && line.time >= from.slice(0, 19))
  await page.goto(`/stacking?from=${from}`)
  const table = page.getByRole('table', { name: 'ASR Rules Stacking' })
  const dest = (await columnOf(table, 'dest'))[0] ?? ''
  await table.getByRole('link', { name: dest, exact: true }).first().click()

  await expect(page.getByRole('heading', { level: 2, name: dest })).toBeVisible()
  await expect(page).toHaveTitle(`${dest} · ASR Hunt`)
  expect(new URL(page.url()).searchParams.get('from')?.slice(0, 19)).toBe(from.slice(0, 19))
  const tabs = page.getByRole('navigation', { name: 'What to show of this host' })
  await expect(tabs.getByRole('link', { name: 'Detection results' })).toHaveAttribute('aria-current', 'page')
  await expect(page.getByRole('heading', { name: `View the detection results for - "${dest}"` })).toBeVisible()
  // The host is in the heading: its column is there only when it is asked for.
  await expect(table.getByRole('columnheader', { name: 'ASR_Rule' })).toBeVisible()
  await expect(table.getByRole('columnheader', { name: 'dest' })).toHaveCount(0)
  const count = tally(within, (line) => line.dest).get(dest)
  expect((await reconciliation(page)).events).toBe(count)

  await tabs.getByRole('link', { name: 'Risk events' }).click()
  await expect(
    page.getByRole('heading', { name: `View risk events for the last 7 days for - "${dest}"` }),
  ).toBeVisible()
  const risk = page.getByRole('table', { name: /The 7 days to now/ })
  await expect(risk).toBeVisible()
  const [row] = (await server.get<Risk>(`/api/v1/risk/${encodeURIComponent(dest)}`)).rows
  expect(await columnOf(risk, 'normalized_risk_object')).toEqual([dest])
  expect((await columnOf(risk, 'count')).map(numberIn)).toEqual([row?.count])
  for (const text of [...(row?.['Search Name'] ?? []), ...(row?.['Risk Message'] ?? []), ...(row?.Annotations ?? [])]) {
    await expect(risk).toContainText(text)
  }
  const names = ['firstTime', 'lastTime', 'Search Name', 'Risk Message', 'Analytic Stories', 'ATT&CK Tactics']
  for (const name of names) await expect(risk.getByRole('columnheader', { name })).toBeVisible()
  const score = page.getByRole('region', { name: 'Host' }).getByRole('definition').first()
  expect(numberIn((await score.innerText()).split('from')[0])).toBe(row?.score)
})

test("a host's events, modes and chart agree with its log", async ({ page, fleet }) => {
  const ours = fleet.filter(isOurs)
  const [dest = '', count] = [...tally(ours, (line) => line.dest)].sort(([, a], [, b]) => b - a)[0] ?? []
  await page.goto(`/hosts/${encodeURIComponent(dest)}?tab=events&limit=500`)
  await expect(page.getByRole('table', { name: 'Events' })).toBeVisible()
  expect((await columnOf(page.getByRole('table', { name: 'Events' }), 'EventCode')).length).toBe(count)
  const chart = page.getByRole('figure')
  const legend = await chart.getByRole('listitem').allInnerTexts()
  expect(legend.map(numberIn).reduce((sum, part) => sum + part, 0)).toBe(count)
})

test('the risk ranking leads to the risk of a host', async ({ page, server }) => {
  const { rows } = await server.get<Risk>('/api/v1/risk')
  await page.goto('/risk')
  const table = page.getByRole('table', { name: 'Risk objects by score' })
  expect((await columnOf(table, 'score')).map(numberIn)).toEqual(rows.map(({ score }) => score))
  const [first] = rows
  await table.getByRole('link', { name: first?.normalized_risk_object, exact: true }).click()
  await expect(page.getByRole('table', { name: `Score ${first?.score}` })).toBeVisible()
})

test('a host shows its rules by mode with their names, and hides its timeline until it is shown again', async ({
  page,
  server,
}) => {
  const { rows } = await server.get<{ rows: { dest: string }[] }>('/api/v1/hosts?sort=-overridden&limit=1')
  const dest = rows[0]?.dest ?? ''
  await page.goto(`/hosts/${encodeURIComponent(dest)}`)
  // An override proves warn mode: its rule is not listed as Block.
  const warned = await server.get<{ rows: { ID: string }[] }>(`/api/v1/events?dest=${dest}&EventCode=1129&limit=1`)
  const link = page.getByRole('list', { name: 'Warn' }).locator(`a[href*="ID=${warned.rows[0]?.ID}"]`)
  await expect(link).toHaveText(/[a-z]/)
  await expect(page.getByRole('list', { name: 'Block' }).locator(`a[href*="ID=${warned.rows[0]?.ID}"]`)).toHaveCount(0)
  await page.getByRole('button', { name: 'Hide timeline' }).click()
  await expect(page.getByRole('figure')).toHaveCount(0)
  await page.reload()
  await expect(page.getByRole('figure')).toHaveCount(0)
  await page.getByRole('button', { name: 'Show timeline' }).click()
  await expect(page.getByRole('figure')).toBeVisible()
})
