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
  for (const tool of ['epl', 'qe']) {
    await page.getByRole('button', { name: `Copy the wevtutil ${tool} line` }).click()
    expect(await clipboard(page)).toContain(`wevtutil ${tool} "Microsoft-Windows-Windows Defender/Operational"`)
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
  const countTo = (end: number): number =>
    [...simulate({ dests: 200, days: 30, seed: 7, end })].filter(({ EventCode }) => asrCodes.includes(EventCode)).length
  const lastHour = () => Math.floor(Date.now() / hour) * hour
  const before = lastHour()
  await page.goto('/')
  await page.getByRole('button', { name: 'Load the sample fleet' }).click()
  const events = page.getByRole('region', { name: 'Everything stored' }).getByRole('link', { name: /^Events/ })
  await expect(events).toBeVisible({ timeout: 45_000 })
  // The fleet ends at the last full hour, which may have struck meanwhile.
  expect([countTo(before), countTo(lastHour())]).toContain(numberIn(await events.innerText()))
  await expect(page.getByRole('heading', { name: 'Rarest stacks' })).toBeVisible()
  const { rows } = await server.get<{ rows: { name: string; state: string; rejects: number }[] }>('/api/v1/uploads')
  expect(rows).toMatchObject([{ name: 'Sample fleet (simulated)', state: 'done', rejects: 0 }])
})
