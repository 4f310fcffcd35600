import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from './fixtures/test.ts'

test.use({ owner: 'full-disk', holds: 'nothing' })

test('without its reserve the page of uploads says that the disk is full, until there is space again', async ({
  page,
  server,
}) => {
  const banner = page.getByText('The disk of the data folder is full')
  await page.goto('/uploads')
  await expect(page.getByRole('heading', { level: 1, name: 'Uploads' })).toBeVisible()
  await expect(banner).toHaveCount(0)
  // As the writer does when the disk is full.
  await rm(join(server.dataDir, 'asr-hunt.reserve'))
  await page.reload()
  await expect(banner).toBeVisible()
  // The next upload finds that there is space, and makes the reserve again.
  expect((await fetch(`${server.url}/api/v1/uploads?name=empty.xml`, { method: 'POST' })).status).toBe(201)
  await page.reload()
  await expect(banner).toHaveCount(0)
})
