import { evtxBytes } from '#tools/evtx-writer/write.ts'
import { expectAccessible, openScreen } from './fixtures/pages.ts'
import { columnOf, numberIn } from './fixtures/screen.ts'
import { expect, test } from './fixtures/test.ts'

test.use({ owner: 'receipt', holds: 'nothing' })

const hour = 3_600_000
const start = Date.parse('2026-03-02T08:00:00Z')

/** Records of Defender on one host, one an hour from `hours` on; every third is an event that is kept. */
const records = (dest: string, from: number, to: number, hours: number, engine = '1.1.26040.8') =>
  Array.from({ length: to - from + 1 }, (_, index) => ({
    EventCode: (from + index) % 3 === 0 ? 1121 : 1150,
    dest,
    recordId: from + index,
    time: start + (hours + index) * hour,
    fields: [
      ['ID', '3B576869-A4EC-4529-8536-B80A7769E899'],
      ['Path', 'C:\\Users\\bob\\a.vbs'],
      ['Engine Version', engine],
    ] as [string, string][],
  }))

const fileOf = (log: Parameters<typeof evtxBytes>[0]) => new Uint8Array(evtxBytes(log))

/** WS-1: 101 to 112, then 120 to 126 (seven are missing), then cleared and 1 to 9. */
const broken = fileOf([
  ...records('WS-1', 101, 112, 0),
  ...records('WS-1', 120, 126, 19),
  ...records('WS-1', 1, 9, 40, '1.1.26050.11'),
])
/** The same host, collected with nothing missing and before the log was cleared. */
const whole = fileOf(records('WS-1', 106, 126, 5))

test('a receipt tells what is missing, that the log was cleared, and which versions were there', async ({
  page,
  server,
}) => {
  const { id } = await server.upload('broken.evtx', broken)
  await page.goto(`/uploads/${id}`)
  const dests = page.getByRole('table', { name: 'Hosts in this upload' })
  expect(await columnOf(dests, 'dest')).toEqual(['WS-1'])
  expect(await columnOf(dests, 'records')).toEqual(['28'])
  expect(await columnOf(dests, 'missing')).toEqual(['7'])
  expect(await columnOf(dests, 'cleared')).toEqual(['1'])
  const breaks = page.getByRole('table', { name: 'Breaks in this upload' })
  expect(await columnOf(breaks, 'What')).toEqual(['Log cleared', 'Records missing'])
  expect((await columnOf(breaks, 'missing')).map(numberIn)).toEqual([0, 7])
  await expect(breaks.getByRole('row').nth(1)).toContainText('2026-03-03 09:00:00')
  const versions = page.getByRole('table', { name: 'Versions in this upload' })
  expect(await columnOf(versions, 'version')).toEqual(['1.1.26050.11', '1.1.26040.8'])

  await dests.getByRole('link', { name: '7' }).click()
  await expect(page).toHaveURL(/\/continuity\?show=breaks&dest=WS-1/)
  await expect(page.getByText('Only of WS-1.')).toBeVisible()
  expect(await columnOf(page.getByRole('table', { name: 'Breaks in this upload' }), 'record')).toEqual(['126', '112'])
})

test('two uploads are compared: what both have, what one has, and what fills the gaps of the other', async ({
  page,
  server,
}) => {
  const a = await server.upload('a.evtx', broken)
  const b = await server.upload('b.evtx', whole)
  await page.goto(`/uploads/${a.id}`)
  // The newest upload that has a host of it is chosen, the older one first; another can be chosen instead.
  await page.getByRole('link', { name: 'Compare' }).click()
  await expect(page).toHaveURL(new RegExp(`a=${a.id}&b=${b.id}`))
  await page.getByLabel('Upload B').selectOption({ index: 3 })
  await page.getByRole('button', { name: 'Compare' }).click()
  await expect(page).not.toHaveURL(new RegExp(b.id))
  await page.getByLabel('Upload B').selectOption(b.id)
  await page.getByRole('button', { name: 'Compare' }).click()
  await expect(page).toHaveURL(new RegExp(`a=${a.id}&b=${b.id}`))
  const dests = page.getByRole('table', { name: 'Hosts of the two uploads' })
  // In both 106 to 112 and 120 to 126; of A further 101 to 105 and 1 to 9, of B 113 to 119. Events are those by three.
  await expect(dests.getByRole('row').nth(1).getByRole('cell').nth(3)).toHaveText('14')
  const cells = await dests.getByRole('row').nth(1).getByRole('cell').allInnerTexts()
  expect(cells.slice(3).map(numberIn)).toEqual([14, 14, 7, 7, 0, 5, 5, 2])
  await page.getByRole('link', { name: /^Only in B/ }).click()
  const events = page.getByRole('table', { name: 'Events' })
  expect(await columnOf(events, 'EventRecordID')).toEqual(['117', '114'])
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`receipt, breaks and comparison are accessible in the ${colorScheme} theme`, async ({ page, server }) => {
    const a = await server.upload('a.evtx', broken)
    const b = await server.upload('b.evtx', whole)
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const compare = `/uploads/compare?a=${a.id}&b=${b.id}`
    for (const path of [`/uploads/${a.id}`, `/uploads/${a.id}/continuity`, compare, `${compare}&show=both`]) {
      await openScreen(page, path)
      await expectAccessible(page, path)
    }
  })
}

test('a list that is not there is named and ignored, and an upload that failed has nothing to compare', async ({
  page,
  server,
}) => {
  const { id } = await server.upload('a.evtx', broken)
  for (const path of [`/uploads/${id}/continuity?show=zzz`, '/uploads/compare?show=zzz']) {
    await page.goto(path)
    await expect(page.getByRole('list', { name: 'Ignored parameters' })).toContainText('show=zzz')
  }
  const answer = await fetch(`${server.url}/api/v1/uploads?name=bad.txt`, { method: 'POST', body: 'no log' })
  const { error } = (await answer.json()) as { error: { detail: { id: string } } }
  await page.goto(`/uploads/${error.detail.id}`)
  await expect(page.getByText('No record was read.')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Compare' })).toHaveCount(0)
  await page.goto(`/uploads/${id}`)
  await expect(page.getByRole('link', { name: 'Compare' })).toHaveCount(1)
})

test('a log that names no host asks for it, and is kept when it is given on the form', async ({ page, server }) => {
  const csv =
    'Level,Date and Time,Source,Event ID,Task Category\r\n' +
    'Warning,11/20/2026 4:29:48 PM,Microsoft-Windows-Windows Defender,1121,None,"Microsoft Defender Exploit Guard has ' +
    'blocked an operation.\r\n \tID: 3B576869-A4EC-4529-8536-B80A7769E899\r\n \tPath: C:\\x.vbs"\r\n'
  const { id } = await server.upload('viewer.csv', csv)
  await page.goto(`/uploads/${id}`)
  await expect(page.getByText('1 record names no host and could not be kept.')).toBeVisible()
  await page.getByRole('link', { name: 'on Uploads' }).click()
  await page.getByRole('button', { name: 'Options' }).click()
  await page.getByLabel('Default host').fill('PC-7')
  await page.getByRole('button', { name: 'Options: PC-7' }).click()
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Choose files' }).click()
  await (await chooser).setFiles({ name: 'again.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
  const line = page.getByRole('region', { name: 'Upload logs' }).getByRole('listitem').filter({ hasText: 'again.csv' })
  await expect(line).toContainText('Done')
  await line.getByRole('link').first().click()
  await expect(page.getByText('PC-7').first()).toBeVisible()
  expect((await server.get<{ rows: { dest: string }[] }>('/api/v1/hosts')).rows.map(({ dest }) => dest)).toContain(
    'PC-7',
  )
})
