import type { Page } from '@playwright/test'

/** What the first load of a page takes: kB (1,000 bytes) of JavaScript as they are sent, and ms until its largest paint. */
export type FirstLoad = { script: number; paint: number }

/** Milliseconds without a further file after which a page is loaded. */
const quiet = 700

/** Measures a page in a browser that has nothing of it yet. Scripts that the page loads by itself after its start count too. */
export async function measureFirstLoad(page: Page, url: string): Promise<FirstLoad> {
  await page.goto(url, { waitUntil: 'load' })
  return page.evaluate(async (wait) => {
    const files = () => performance.getEntriesByType('resource') as PerformanceResourceTiming[]
    for (let before = -1; before !== files().length; ) {
      before = files().length
      await new Promise((resolve) => setTimeout(resolve, wait))
    }
    const paint = await new Promise<number>((resolve) => {
      const hear = (list: PerformanceObserverEntryList) => resolve(list.getEntries().at(-1)?.startTime ?? Number.NaN)
      new PerformanceObserver(hear).observe({ type: 'largest-contentful-paint', buffered: true })
    })
    const scripts = files().filter(({ name }) => new URL(name).pathname.endsWith('.js'))
    return { script: scripts.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0) / 1000, paint }
  }, quiet)
}
