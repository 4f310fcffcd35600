import { logOf } from './fixtures/fleet.ts'
import { beginUpload } from './fixtures/raw.ts'
import type { Receipt, Server } from './fixtures/server.ts'
import { expect, test } from './fixtures/test.ts'

test.use({ owner: 'interrupted uploads', holds: 'nothing' })

const receiptOf = async (server: Server, name: string): Promise<Receipt | undefined> =>
  (await server.get<{ rows: Receipt[] }>('/api/v1/uploads')).rows.find((upload) => upload.name === name)

const stateOf = async (server: Server, name: string) => (await receiptOf(server, name))?.state

/** What a failed upload may leave: its line in the list, and nothing else. */
async function expectNothingKept(server: Server, name: string): Promise<void> {
  const receipt = await receiptOf(server, name)
  expect(receipt).toMatchObject({ state: 'failed', records: 0, stored: 0, duplicates: 0, rejects: 0, dests: 0 })
  expect(receipt?.error).toBeTruthy()
  for (const table of ['events', 'stacking', 'hosts', 'risk']) {
    expect((await server.get<{ total: number }>(`/api/v1/${table}`)).total, table).toBe(0)
  }
}

for (const announced of [true, false]) {
  const title = announced ? 'of announced length' : 'of unknown length'
  test(`an upload ${title} that breaks off leaves nothing but its line, marked failed`, async ({
    page,
    server,
    fleet,
  }) => {
    const log = logOf(fleet)
    const name = `broken ${title}.xml`
    const upload = beginUpload(server.url, name, log.slice(0, log.length / 2), announced ? log.length : null)
    await expect.poll(async () => (await receiptOf(server, name))?.records).toBeGreaterThan(0)
    upload.destroy()
    await expect.poll(() => stateOf(server, name)).toBe('failed')
    await expectNothingKept(server, name)

    await page.goto('/uploads')
    const row = page.getByRole('row').filter({ hasText: name })
    await expect(row.getByRole('cell', { name: 'Failed' })).toBeVisible()
    await expect(row).toContainText('broke off')
    await row.getByRole('button', { name: `Forget ${name}` }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Forget' }).click()
    await expect(row).toHaveCount(0)
  })
}

for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
  test(`an upload that is being read when the server ends by ${signal} is failed after the restart`, async ({
    page,
    server,
    fleet,
  }) => {
    const log = logOf(fleet)
    const name = `cut by ${signal}.xml`
    const upload = beginUpload(server.url, name, log.slice(0, log.length / 2), log.length)
    await expect.poll(async () => (await receiptOf(server, name))?.records).toBeGreaterThan(0)
    await server.stop(signal)
    upload.destroy()
    await server.start()
    await expect.poll(() => stateOf(server, name)).toBe('failed')
    await expectNothingKept(server, name)

    await page.goto('/uploads')
    const row = page.getByRole('row').filter({ hasText: name })
    await expect(row.getByRole('cell', { name: 'Failed' })).toBeVisible()
    await expect(row).toContainText('Upload it again')
    const receipt = await server.upload(name, log)
    expect(receipt.records).toBe(fleet.length)
    await fetch(`${server.url}/api/v1/uploads/${receipt.id}`, { method: 'DELETE' })
  })
}
