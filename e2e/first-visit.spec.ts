import { readFile } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import { simulate } from '#tools/simulate/simulate.ts'
import { asrCodes } from './fixtures/fleet.ts'
import { clipboard, columnOf, numberIn } from './fixtures/screen.ts'
import { expect, test } from './fixtures/test.ts'

test.use({ owner: 'first visit', holds: 'nothing' })

const hour = 3_600_000

test('without data the first page teaches: where to drop, what to run, and a sample', async ({ page }) => {
  await page.goto('/')
  await expect(page.getByRole('region', { name: 'Upload logs' })).toContainText('Drop Defender logs anywhere')
  await expect(page.getByRole('button', { name: 'Choose files' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Load the sample fleet' })).toBeVisible()
  await expect(page.getByLabel('Default host')).toHaveCount(0)
  await page.getByRole('button', { name: 'Options' }).click()
  for (const name of ['Default host', 'Default time zone']) await expect(page.getByLabel(name)).toBeVisible()
  for (const tool of ['epl', 'qe']) {
    await page.getByRole('button', { name: `Copy the wevtutil ${tool} line` }).click()
    expect(await clipboard(page)).toContain(`wevtutil ${tool} "Microsoft-Windows-Windows Defender/Operational"`)
  }
})

test('a small sample log can be downloaded, dropped and read, on the first page and on Uploads', async ({
  page,
  server,
}) => {
  await page.goto('/uploads')
  await expect(page.getByRole('link', { name: 'download a small sample log' })).toBeVisible()
  await page.goto('/')
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'download a small sample log' }).click()
  const file = await download
  expect(file.suggestedFilename()).toBe('sample-defender.xml')
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Choose files' }).click()
  await (await chooser).setFiles(await file.path())
  await expect(page.getByRole('region', { name: /^Figures/ })).toBeVisible()
  const { rows } = await server.get<{ rows: { id: string; stored: number; rejects: number }[] }>('/api/v1/uploads')
  expect(rows).toMatchObject([{ stored: 24, rejects: 0 }])
  // What comes after starts without data again.
  expect((await fetch(`${server.url}/api/v1/uploads/${rows[0]?.id}`, { method: 'DELETE' })).status).toBe(204)
})

test('the browser finds an icon and a manifest whose icons are there', async ({ page, server }) => {
  await page.goto('/')
  await expect(page.locator('link[rel=icon]')).toHaveAttribute('href', '/icon.svg')
  const href = await page.locator('link[rel=manifest]').getAttribute('href')
  const answer = await fetch(server.url + href)
  expect(answer.headers.get('content-type')).toContain('application/manifest+json')
  const { icons, start_url } = (await answer.json()) as { icons: { src: string; type: string }[]; start_url: string }
  expect(start_url).toBe('/')
  for (const { src, type } of [...icons, { src: '/icon.svg', type: 'image/svg+xml' }]) {
    const icon = await fetch(server.url + src)
    expect(icon.status, src).toBe(200)
    expect(icon.headers.get('content-type'), src).toContain(type)
  }
})

test('without data every table says so and leads to the upload', async ({ page }) => {
  for (const path of ['/stacking', '/audit', '/block', '/registry', '/disabled', '/hosts', '/risk', '/events']) {
    await page.goto(path)
    await expect(page.getByRole('main').getByRole('link', { name: 'Upload a log' }), path).toBeVisible()
  }
})

test('without data the rules are listed all the same, none of them fired', async ({ page }) => {
  const lookup = parse(await readFile('db/lookup/asr_rules.csv'), { columns: true, bom: true })
  await page.goto('/rules')
  const table = page.getByRole('table', { name: 'Rules' })
  expect((await columnOf(table, 'events')).map(numberIn)).toEqual(lookup.map(() => 0))
})

test('"Load the sample fleet" fills the overview with what the simulator makes', async ({ page, server }) => {
  // The overview counts the 30 days to the newest event.
  const countTo = (end: number): number => {
    const ours = [...simulate({ dests: 200, days: 30, seed: 7, end })].filter(({ EventCode }) =>
      asrCodes.includes(EventCode),
    )
    const newest = Math.max(...ours.map(({ time }) => time))
    return ours.filter(({ time }) => time >= newest - 30 * 24 * hour).length
  }
  const lastHour = () => Math.floor(Date.now() / hour) * hour
  const before = lastHour()
  await page.goto('/')
  await expect(page.getByRole('button', { name: 'Choose files' })).toBeVisible()
  await page.getByRole('button', { name: 'Load the sample fleet' }).click()
  // It is an upload like any other: its line says how much has been read.
  const line = page.getByRole('region', { name: 'Upload logs' }).getByRole('listitem')
  await expect(line).toContainText('Sample fleet (simulated)')
  await expect(line.getByRole('progressbar')).toHaveAttribute('aria-valuetext', /^[1-9].* read, [1-9].* records$/)
  const events = page.getByRole('region', { name: /^Figures/ }).getByRole('link', { name: /^Events/ })
  await expect(events).toBeVisible({ timeout: 45_000 })
  // The fleet ends at the last full hour, which may have struck meanwhile.
  expect([countTo(before), countTo(lastHour())]).toContain(numberIn(await events.innerText()))
  await expect(page.getByRole('heading', { name: 'Rarest stacks' })).toBeVisible()
  const { rows } = await server.get<{ rows: { name: string; state: string; rejects: number }[] }>('/api/v1/uploads')
  expect(rows).toMatchObject([{ name: 'Sample fleet (simulated)', state: 'done', rejects: 0 }])
})
