import { dropFiles } from './fixtures/drop.ts'
import { expect, test } from './fixtures/test.ts'

/** Answers of a server of another version: JSON, but not as this version's pages expect it. */
const events = { total: 1, rows: [{ id: 'e1', _time: 1_700_000_000_000, User: null, EventRecordID: 1 }] }

test('newest events that do not fit their schema are a message, and the page goes on', async ({ page, server }) => {
  const { rows } = await server.get<{ rows: { stack: string }[] }>('/api/v1/stacking?limit=1')
  await page.route('**/api/v1/events?*', (route) => route.fulfill({ json: events }))
  await page.goto(`/stacking?limit=1&open=${rows[0]?.stack}`)
  const newest = page.getByRole('region', { name: 'Newest events' })
  await expect(newest).toHaveAttribute('aria-busy', 'false', { timeout: 30_000 })
  const alert = newest.getByRole('alert')
  await expect(alert).toContainText('The answer of the server is not as expected at rows.0._time')
  await expect(alert).toContainText('Reload the page')
  await expect(page.getByRole('table', { name: 'ASR Rules Stacking' })).toBeVisible()
})

test('a wall that hears figures which do not fit keeps the last ones and asks to be reloaded', async ({ page }) => {
  // What parses the figures must not try to make code from text.
  const violations: string[] = []
  await page.exposeFunction('heardViolation', (directive: string) => violations.push(directive))
  await page.addInitScript(() =>
    window.addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
      (window as unknown as { heardViolation: (directive: string) => void }).heardViolation(effectiveDirective),
    ),
  )
  await page.route('**/api/v1/wall/stream?*', (route) =>
    route.fulfill({ contentType: 'text/event-stream', body: 'data: {"at":1700000000000}\n\n' }),
  )
  await page.goto('/wall')
  const figures = page.getByRole('region', { name: 'Key figures' })
  await expect(page.getByRole('main').getByRole('status')).toContainText('another version: reload this page')
  await expect(figures).toBeVisible()
  expect(violations).toEqual([])
})

test('a file whose receipt does not fit is listed with the reason', async ({ page }) => {
  await page.route('**/api/v1/uploads?*', (route) => route.fulfill({ status: 201, json: { id: 'x', stored: '3' } }))
  await page.goto('/uploads')
  await dropFiles(page, { 'a.xml': '<Events/>' })
  const line = page.getByRole('region', { name: 'Upload logs' }).getByRole('listitem').filter({ hasText: 'a.xml' })
  await expect(line).toContainText('Failed')
  await expect(line).toContainText('Its receipt cannot be shown; the list of uploads may have it.')
})
