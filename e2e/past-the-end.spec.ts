import { damage } from './fixtures/damage.ts'
import { expectAccessible, expectNoSidewaysScroll } from './fixtures/pages.ts'
import type { Server } from './fixtures/server.ts'
import { expect, test } from './fixtures/test.ts'

test.use({ owner: 'past the end' })

const detections = ['stacking', 'audit', 'block', 'registry', 'disabled']

/** Every table of every screen, by its address; `a` and `b` are uploads of the same log, `b` with rejects. */
async function everyTable(server: Server, a: string, b: string): Promise<string[]> {
  const first = async <Row>(table: string): Promise<Row> => {
    const { rows } = await server.get<{ rows: [Row] }>(`/api/v1/${table}?limit=1`)
    return rows[0]
  }
  const [{ dest }, { ID }] = await Promise.all([first<{ dest: string }>('hosts'), first<{ ID: string }>('rules')])
  const host = `/hosts/${encodeURIComponent(dest)}`
  return [
    ...[...detections, 'events', 'hosts', 'risk', 'rules', 'uploads'].map((table) => `/${table}?`),
    '/risk?view=drilldown',
    ...['results', 'events'].map((tab) => `${host}?tab=${tab}`),
    ...['stacking', 'hosts', 'events'].map((tab) => `/rules/${ID}?tab=${tab}`),
    `/uploads/${b}?`,
    ...['dests', 'breaks', 'versions'].map((show) => `/uploads/${b}/continuity?show=${show}`),
    ...['dests', 'both', 'a', 'codes', 'versions'].map((show) => `/uploads/compare?a=${a}&b=${b}&show=${show}`),
  ]
}

test('every table says that a page is past the end, and leads to its first and last page', async ({
  page,
  server,
  fleet,
}) => {
  test.setTimeout(400_000)
  await page.emulateMedia({ reducedMotion: 'reduce' })
  const { rows } = await server.get<{ rows: [{ id: string }] }>('/api/v1/uploads')
  const damaged = await server.upload('damaged.xml', damage(fleet).log)
  expect(damaged.rejects).toBe(3)
  for (const [index, path] of (await everyTable(server, rows[0].id, damaged.id)).entries()) {
    await page.goto(`${path}&limit=2&page=9999`)
    const heading = page.getByRole('heading', {
      name: /^Page 9\s999 is past the end: there (is 1 page|are [\d\s]+ pages)$/,
    })
    await expect(heading, path).toBeVisible()
    await expect(page.getByRole('navigation', { name: 'Pages' }), path).toHaveCount(0)
    // All tables have it from one component.
    if (index % 6 === 0) await expectAccessible(page, path)
    const pages = Number(/(\d[\d\s]*) pages?$/.exec(await heading.innerText())?.[1]?.replace(/\s/g, ''))
    const last = page.getByRole('link', { name: 'Last page' })
    await expect(last, path).toHaveCount(pages > 1 ? 1 : 0)
    if (pages > 1) {
      await last.click()
      await expect(page, path).toHaveURL(new RegExp(`[?&]page=${pages}\\b`))
      await expect(page.getByRole('navigation', { name: 'Pages' }), path).toBeVisible()
      await expect(page.getByRole('link', { name: 'Next page' }), path).toHaveCount(0)
      await page.goBack()
    }
    await page.getByRole('link', { name: 'First page' }).click()
    await expect(page, path).not.toHaveURL(/[?&]page=/)
    await expect(heading, path).toHaveCount(0)
    await expect(page.getByRole('table').last().locator('tbody tr').first(), path).toBeVisible()
  }
})

test('the sentence fits a phone, in both themes', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 })
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    for (const path of ['/stacking?page=1000000', '/uploads?page=1000000', '/risk?page=1000000']) {
      await page.goto(path)
      await expect(page.getByRole('heading', { name: /past the end/ }), path).toBeVisible()
      await expectNoSidewaysScroll(page, path)
      await expectAccessible(page, path)
    }
  }
})
