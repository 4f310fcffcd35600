import { zipOf } from '#lib/containers/testing.ts'
import { fleetLines, isOurs, logOf } from './fixtures/fleet.ts'
import { beginUpload } from './fixtures/raw.ts'
import { expect, test } from './fixtures/test.ts'

test.use({ owner: 'undo' })

test('an upload is undone after a question that names its counts, and every count is as before', async ({
  page,
  server,
}) => {
  const lines = fleetLines({ dests: 4, days: 5, seed: 21 })
  const stored = lines.filter(isOurs).length
  const dests = new Set(lines.filter(isOurs).map(({ dest }) => dest.toLowerCase())).size
  const tables = ['stacking', 'audit', 'block', 'registry', 'disabled', 'hosts', 'risk', 'rules', 'events'] as const
  const counts = () => Promise.all(tables.map((table) => server.get(`/api/v1/${table}?limit=1000`)))
  const before = await counts()
  const receipt = await server.upload('mistake.xml', logOf(lines))
  expect(receipt.stored).toBe(stored)

  await page.goto('/uploads')
  const row = page.getByRole('row').filter({ hasText: 'mistake.xml' })
  await row.getByRole('button', { name: 'Undo mistake.xml' }).click()
  const dialog = page.getByRole('dialog', { name: 'Undo this upload?' })
  await expect(dialog).toContainText(`${stored} events of ${dests} dests go with it`)
  await expect(dialog).toContainText(/It can be restored for 24.hours/)
  await dialog.getByRole('button', { name: 'Keep it' }).click()
  await expect(dialog).toHaveCount(0)
  expect((await server.get<{ total: number }>('/api/v1/uploads')).total).toBe(2)

  await row.getByRole('button', { name: 'Undo mistake.xml' }).click()
  await dialog.getByRole('button', { name: 'Undo' }).click()
  await expect(row).toHaveCount(0)
  await expect(page.getByRole('row').filter({ hasText: 'fleet.xml' })).toHaveCount(1)
  expect(await counts()).toEqual(before)
})

test('an undo is reversed from the list of undone uploads', async ({ page, server }) => {
  const { id, stored } = await server.upload('back.xml', logOf(fleetLines({ dests: 3, days: 4, seed: 23 })))
  await page.goto('/uploads')
  const row = page.getByRole('row').filter({ hasText: 'back.xml' })
  await row.getByRole('button', { name: 'Undo back.xml' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Undo' }).click()
  await expect(row).toHaveCount(0)
  await page.getByText(/undone uploads? can be restored/).click()
  await page.getByRole('button', { name: 'Restore back.xml' }).click()
  await expect(row).toContainText('Done')
  await expect(page.getByRole('button', { name: 'Restore back.xml' })).toHaveCount(0)
  expect((await server.get<{ stored: number }>(`/api/v1/uploads/${id}`)).stored).toBe(stored)
})

test('before an undo that cannot be reversed the question says so: of one log of an archive, and of one that is being sent', async ({
  page,
  server,
}) => {
  const log = logOf(fleetLines({ dests: 2, days: 2, seed: 41 }))
  const zip = zipOf([{ name: 'one.xml', content: log }])
  const { id } = await server.upload('case.zip', new Uint8Array(zip))
  const { parts } = await server.get<{ parts: { id: string }[] }>(`/api/v1/uploads/${id}`)
  await page.goto(`/uploads/${parts[0]?.id}`)
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(page.getByRole('dialog')).toContainText(
    'This cannot be reversed: only complete archives can be restored.',
  )
  await page.goto(`/uploads/${id}`)
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(page.getByRole('dialog')).toContainText('It can be restored for')

  const sent = beginUpload(server.url, 'half.xml', log.slice(0, log.length / 2), log.length)
  await page.goto('/uploads')
  const cancel = page.getByRole('button', { name: 'Cancel half.xml' })
  await expect(async () => {
    await page.reload()
    await expect(cancel).toBeVisible({ timeout: 500 })
  }).toPass()
  await cancel.click()
  await expect(page.getByRole('dialog')).toContainText('This cannot be reversed: to have the log, send it again.')
  sent.destroy()
})

test('an undo asked for on the page of an upload leads back to the list', async ({ page, server }) => {
  const { id } = await server.upload('again.xml', logOf(fleetLines({ dests: 3, days: 3, seed: 22 })))
  await page.goto(`/uploads/${id}`)
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Uploads' })).toBeVisible()
  await expect(page.getByRole('row').filter({ hasText: 'again.xml' })).toHaveCount(0)
  await page.goto(`/uploads/${id}`)
  await expect(page.getByRole('heading', { name: 'There is nothing at this address' })).toBeVisible()
})

test('an undone upload is restored with every count that it had, and can be undone again', async ({ page, server }) => {
  const tables = ['stacking', 'audit', 'block', 'registry', 'disabled', 'hosts', 'risk', 'rules', 'events'] as const
  const counts = () => Promise.all(tables.map((table) => server.get(`/api/v1/${table}?limit=1000`)))
  const { id } = await server.upload('wanted.xml', logOf(fleetLines({ dests: 4, days: 4, seed: 31 })))
  const with_ = await counts()
  await page.goto('/uploads')
  const row = page.getByRole('row').filter({ hasText: 'wanted.xml' })
  const undo = async () => {
    await row.getByRole('button', { name: 'Undo wanted.xml' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Undo' }).click()
    await expect(row).toHaveCount(0)
  }
  await undo()
  expect(await counts()).not.toEqual(with_)
  await page.getByText(/undone uploads? can be restored/).click()
  await page.getByRole('button', { name: 'Restore wanted.xml' }).click()
  await expect(row.getByRole('button', { name: 'Undo wanted.xml' })).toBeVisible()
  await expect(row).toContainText('Done')
  expect(await counts()).toEqual(with_)
  const { rows } = await server.get<{ rows: { id: string }[] }>('/api/v1/removed')
  expect(rows.some((each) => each.id === id)).toBe(false)
  await undo()
})
