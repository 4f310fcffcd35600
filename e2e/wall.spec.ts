import { asrCodes, isOurs } from './fixtures/fleet.ts'
import { expectAccessible } from './fixtures/pages.ts'
import { clipboard, numberIn } from './fixtures/screen.ts'
import { expect, test } from './fixtures/test.ts'

test.use({ owner: 'wall' })

const minute = 60_000
const day = 86_400_000
/** Longer than the wall waits for a word of the server, and asks again. */
const silence = 40_000

for (const viewport of [
  { width: 1920, height: 1080 },
  { width: 3840, height: 2160 },
]) {
  for (const rotate of ['off', 'on']) {
    test(`the wall fits ${viewport.width} × ${viewport.height} without scrolling, rotation ${rotate}`, async ({
      page,
    }) => {
      await page.setViewportSize(viewport)
      await page.goto(`/wall?rotate=${rotate}`)
      const main = page.getByRole('main')
      await expect(main.getByRole('status')).toContainText('live')
      const { width, height } = await page.evaluate(() => ({
        width: document.documentElement.scrollWidth,
        height: document.documentElement.scrollHeight,
      }))
      expect(width).toBeLessThanOrEqual(viewport.width)
      expect(height).toBeLessThanOrEqual(viewport.height)
      for (const heading of await main.getByRole('heading').all()) {
        await expect(heading).toBeInViewport({ ratio: 1 })
      }
      const figures = main.getByRole('region', { name: 'Key figures' })
      await expect(figures).toBeInViewport({ ratio: 1 })
      // Read across a room: a key figure is at least a twentieth of the height of the screen.
      const numeral = await figures.getByRole('definition').first().boundingBox()
      expect(numeral?.height).toBeGreaterThan(viewport.height / 20)
      await expect(main.getByRole('button').or(main.getByRole('link'))).toHaveCount(0)
      await expect(page.getByRole('region', { name: 'Controls of the wall' })).not.toBeInViewport()
    })
  }
}

test('the figures of the wall are those of the log', async ({ page, fleet }) => {
  await page.goto('/wall')
  const now = Date.now()
  const terms = page.getByRole('region', { name: 'Key figures' }).getByRole('definition')
  const all = (await terms.allInnerTexts()).map((text) => numberIn(text.replace('7 days', '')))
  // Term by term: the figure of 24 hours, then that of 7 days. The last term counts all events.
  const [events24h, events7d] = all.slice(-2)
  const since = (time: number) => fleet.filter((line) => isOurs(line) && Date.parse(line.time) >= time).length
  for (const [count, length] of [[events24h, day] as const, [events7d, 7 * day] as const]) {
    // The range moves on between the server's clock and this one.
    expect(count).toBeLessThanOrEqual(since(now - length - minute))
    expect(count).toBeGreaterThanOrEqual(since(now - length + minute))
  }
})

test('a wall that loses the server says so, keeps its last figures, and comes back by itself', async ({
  page,
  server,
}) => {
  await page.clock.install()
  await page.goto('/wall')
  const status = page.getByRole('status', { name: 'Freshness' })
  await expect(status).toContainText('live')
  const figures = page.getByRole('region', { name: 'Key figures' })
  const last = await figures.innerText()

  await server.stop()
  await page.clock.fastForward(silence)
  await expect(status).toContainText('server unreachable')
  await expect(status).toContainText('last good')
  expect(await figures.innerText()).toBe(last)

  await server.start()
  await page.clock.fastForward(silence)
  await expect(status).not.toContainText('server unreachable')
  await expect(status).toContainText(/live|asking/)
  expect(await figures.innerText()).toBe(last)
})

test('a wall whose network is gone says so and takes in what came meanwhile when it is back', async ({
  page,
  context,
  server,
}) => {
  await page.clock.install()
  await page.goto('/wall')
  const status = page.getByRole('status', { name: 'Freshness' })
  await expect(status).toContainText('live')
  const events = page.getByRole('region', { name: 'Key figures' }).getByRole('definition').last()
  const before = numberIn((await events.innerText()).replace('7 days', ''))

  await context.setOffline(true)
  await page.clock.fastForward(silence)
  await expect(status).toContainText('server unreachable')
  const time = new Date(Date.now() - 60_000).toISOString().replace('Z', '0000Z')
  await server.upload('meanwhile.xml', eventAt(time))
  await context.setOffline(false)
  await page.clock.fastForward(silence)
  await expect(status).not.toContainText('server unreachable')
  await expect.poll(async () => numberIn((await events.innerText()).replace('7 days', ''))).toBe(before + 1)
})

test('the newest silence within a log is among the warnings, with the number of the others', async ({
  page,
  server,
}) => {
  type Wall = { silences: { dest: string }[]; warnings7d: { silence: number } }
  const { silences, warnings7d } = await server.get<Wall>('/api/v1/wall?anchor=newest')
  expect(warnings7d.silence).toBeGreaterThan(1)
  await page.goto('/wall?anchor=newest&rotate=disabled')
  const panel = page.getByRole('main')
  const row = panel.getByRole('listitem').filter({ has: page.getByRole('img', { name: 'Silence within a log' }) })
  await expect(row).toContainText(silences[0]?.dest.split('.')[0] ?? '')
  await expect(row).toContainText(`, and ${warnings7d.silence - 1} more silences`)
})

test('theme, dwell and redaction of a wall are in its link', async ({ page }) => {
  await page.goto('/wall?theme=dark&redact=off&dwell=5&rotate=rare')
  await expect(page.getByRole('list', { name: 'Ignored parameters' })).toHaveCount(0)
  const shown = page.getByRole('main')
  await expect(shown).toContainText('\\Users\\')
  const open = await shown.innerText()
  await page.goto('/wall?theme=dark&dwell=5&rotate=rare')
  const user = /\\Users\\(?!Public)([^\\\s]+)/.exec(open)?.[1]
  expect(user).toBeDefined()
  await expect(page.getByRole('main')).not.toContainText(`\\Users\\${user}`)
  await page.goto('/wall?theme=purple&dwell=fast')
  await expect(page.getByRole('list', { name: 'Ignored parameters' })).toContainText('theme=purple')
})

test('the controls of the wall come with the pointer or Esc, are links to the same wall, and lead out of it', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1920, height: 1080 })
  await page.goto('/wall?dwell=5')
  const bar = page.getByRole('region', { name: 'Controls of the wall' })
  const figures = page.getByRole('region', { name: 'Key figures' })
  await expect(bar).not.toBeInViewport()
  const place = await figures.boundingBox()
  await page.mouse.move(300, 300)
  await page.mouse.move(320, 320)
  await expect(bar).toBeInViewport({ ratio: 1 })
  expect(await figures.boundingBox(), 'nothing moves').toEqual(place)
  await bar.hover()
  await expectAccessible(page, 'the bar of the wall', '.wall-bar')

  await bar.getByRole('navigation', { name: 'Theme' }).getByRole('link', { name: 'dark' }).click()
  await expect(page).toHaveURL(/\/wall\?dwell=5&theme=dark$/)
  await expect(page.locator('.wall')).toHaveAttribute('data-theme', 'dark')
  await bar.getByRole('navigation', { name: 'Panels' }).getByRole('link', { name: 'in turn' }).click()
  await expect(page.getByText('1 of 5')).toBeVisible()
  await bar.getByRole('navigation', { name: 'User names' }).getByRole('link', { name: 'shown' }).click()
  await expect(page).toHaveURL(/redact=off/)
  await bar.getByRole('navigation', { name: 'Next after' }).getByRole('link', { name: '60 s' }).click()
  await expect(page).toHaveURL(/dwell=60/)
  const { searchParams } = new URL(page.url())
  expect(Object.fromEntries(searchParams)).toEqual({ theme: 'dark', rotate: 'on', redact: 'off', dwell: '60' })
  await bar.getByRole('button', { name: 'Copy link' }).click()
  expect(await clipboard(page)).toBe(page.url())

  await page.goto('/wall')
  await expect(bar).not.toBeInViewport()
  const exit = bar.getByRole('link', { name: 'Exit' })
  for (const key of ['Tab', 'Escape']) {
    await page.keyboard.press(key)
    await expect(exit).toBeFocused()
    await expect(bar).toBeInViewport({ ratio: 1 })
    await page.keyboard.press('Escape')
    await expect(bar).not.toBeInViewport()
  }
  await page.keyboard.press('Escape')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
})

test('figures next to one another, turn and title, and the first part of a host do not run together', async ({
  page,
}) => {
  await page.route('**/api/v1/wall/stream?*', async (route) => {
    const answer = await page.request.get('/api/v1/wall')
    const data = await answer.json()
    const hosts = ['WS-PRODUCTION-0001.corp.example', 'LT-SAL-0090.corp.example']
    data.hostsByRisk = hosts.map((dest, index) => ({
      ...{ dest, score: 101_530 - index, previousScore: 100_225, byDay: [9, 8, 7, 6, 5, 4, 3] },
    }))
    // A page that is left has no use for its answer any more.
    const answered = route.fulfill({
      contentType: 'text/event-stream',
      body: `retry: 600000\n\ndata: ${JSON.stringify(data)}\n\n`,
    })
    await answered.catch(() => {})
  })
  for (const viewport of [
    { width: 1920, height: 1080 },
    { width: 1440, height: 900 },
    { width: 1280, height: 1024 },
  ]) {
    await page.setViewportSize(viewport)
    await page.goto('/wall')
    const row = page.getByRole('listitem').filter({ hasText: 'WS-PRODUCTION-0001' })
    await expect(row).toBeVisible()
    const cut = await row.evaluate((item) => {
      const parts = [...item.children].map((part) => part.getBoundingClientRect())
      const gaps = parts.slice(1).map(({ left }, index) => left - (parts[index]?.right ?? 0))
      const name = item.querySelector('.wall-host > :first-child')
      return { least: Math.min(...gaps), isCut: name === null || name.scrollWidth > name.clientWidth }
    })
    expect(cut.least, `${viewport.width}`).toBeGreaterThan(8)
    expect(cut.isCut).toBe(false)
    await page.goto('/wall?rotate=on')
    const title = await page.getByRole('heading', { level: 2 }).boundingBox()
    const turn = await page.getByText('1 of 5').boundingBox()
    expect((title?.x ?? 0) + (title?.width ?? 0)).toBeLessThan(turn?.x ?? 0)
  }
})

const eventAt = (time: string): string => `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>
<Provider Name='Microsoft-Windows-Windows Defender'/><EventID>${asrCodes[0]}</EventID><TimeCreated SystemTime='${time}'/>
<EventRecordID>1</EventRecordID><Channel>Microsoft-Windows-Windows Defender/Operational</Channel>
<Computer>late-comer</Computer></System><EventData><Data Name='ID'>D4F940AB-401B-4EFC-AADC-AD5F3C50688A</Data>
<Data Name='Path'>C:\\a.exe</Data><Data Name='Process Name'>C:\\b.exe</Data></EventData></Event>`
