import { renderXml } from '#tools/simulate/render-xml.ts'
import { simulate } from '#tools/simulate/simulate.ts'
import { clipboard } from './fixtures/screen.ts'
import { expect, test } from './fixtures/test.ts'

test.use({ owner: 'event XML', holds: 'nothing' })

test('the whole XML of an event is shown when asked for, harmless and copyable, and given by the API', async ({
  page,
  server,
}) => {
  const [event] = [...simulate({ dests: 2, days: 2, events: 20, others: 0 })].filter(
    ({ EventCode }) => EventCode === 1121,
  )
  if (event === undefined) throw new Error('The fleet has no 1121.')
  const hostile = `"C:\\a.exe" <img src=x onerror=alert(1)> & 'b'`
  const values = event.values.map((value, index) => (event.names[index] === 'Target Commandline' ? hostile : value))
  await server.upload('one.xml', renderXml({ ...event, values }))
  const { rows } = await server.get<{ rows: { id: number }[] }>('/api/v1/events')
  const id = rows[0]?.id

  const answer = await fetch(`${server.url}/api/v1/events/${id}`, { headers: { accept: 'application/xml' } })
  expect(answer.headers.get('content-type')).toBe('application/xml; charset=utf-8')
  const xml = await answer.text()
  expect(xml).toBe(renderXml({ ...event, values }))
  expect(await (await fetch(`${server.url}/api/v1/events/${id}?format=xml`)).text()).toBe(xml)
  expect((await fetch(`${server.url}/api/v1/events/${id}?format=pdf`)).status).toBe(400)

  await page.goto(`/events/${id}`)
  const shown = page.getByText("<Data Name='Target Commandline'>")
  await expect(shown).toBeHidden()
  await page.getByText('XML of the event').click()
  await expect(shown).toContainText('&lt;img src=x onerror=alert(1)&gt; &amp;')
  await expect(page.getByRole('img', { name: 'x' })).toHaveCount(0)
  await expect(page.getByText('Rebuilt from the fields above')).toBeVisible()
  await page.getByRole('button', { name: 'Copy XML' }).click()
  expect(await clipboard(page)).toBe(xml)
})

test('a method that an address does not take, and an anchor that makes no sense, are answered as all errors are', async ({
  server,
}) => {
  for (const [path, method, status] of [
    ['/api/v1/stacking', 'DELETE', 405],
    ['/api/v1/health', 'POST', 405],
    ['/api/v1/wall?anchor=zzz', 'GET', 400],
  ] as const) {
    const answer = await fetch(server.url + path, { method })
    expect(answer.status, path).toBe(status)
    const { error } = (await answer.json()) as { error: object }
    expect(Object.keys(error)).toEqual(['code', 'message', 'detail'])
  }
})
