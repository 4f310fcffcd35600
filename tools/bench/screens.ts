import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { installedBrowser } from '#bin/browser.js'
import { must } from '#bin/run.js'
import { figure, median, table, times } from './figures.ts'
import { type FirstLoad, measureFirstLoad } from './first-load.ts'
import type { Options } from './options.ts'
import { type Server, startServer } from './server.ts'

/** The figures of commit a5815d5 on the machine and the day of those in docs/benchmarks.md. Sizes are the same on every machine. */
const before: Record<string, FirstLoad> = {
  '/': { script: 403, paint: 588 },
  '/stacking': { script: 291, paint: 996 },
  '/audit': { script: 291, paint: 1164 },
  '/block': { script: 291, paint: 1108 },
  '/registry': { script: 291, paint: 376 },
  '/disabled': { script: 291, paint: 504 },
  '/events': { script: 255, paint: 1020 },
  '/hosts': { script: 239, paint: 876 },
  '/risk': { script: 348, paint: 700 },
  '/rules': { script: 240, paint: 772 },
  '/hosts/[dest]': { script: 403, paint: 656 },
  '/rules/[ID]': { script: 403, paint: 484 },
  '/events/[id]': { script: 237, paint: 488 },
  '/uploads': { script: 293, paint: 456 },
  '/uploads/[id]': { script: 272, paint: 660 },
  '/uploads/compare': { script: 237, paint: 516 },
  '/wall': { script: 192, paint: 324 },
}

/** The addresses of every page, by the name of its route. */
async function pagesOf(server: Server): Promise<[name: string, path: string][]> {
  const first = async (list: string) => JSON.parse((await server.get(`/api/v1/${list}?limit=1`)).body).rows[0]
  const [event, host, rule, upload] = await Promise.all(['events', 'hosts', 'rules', 'uploads'].map(first))
  const plain = ['/', '/stacking', '/audit', '/block', '/registry', '/disabled', '/events', '/hosts', '/risk', '/rules']
  return [
    ...plain.map((path): [string, string] => [path, path]),
    ['/hosts/[dest]', `/hosts/${encodeURIComponent(host.dest)}`],
    ['/rules/[ID]', `/rules/${rule.ID}`],
    ['/events/[id]', `/events/${event.id}`],
    ['/uploads', '/uploads'],
    ['/uploads/[id]', `/uploads/${upload.id}`],
    ['/uploads/compare', '/uploads/compare'],
    ['/wall', '/wall'],
  ]
}

/** JavaScript and largest paint of each page, of the sample fleet, in a browser without a cache, next to those of a5815d5. */
export async function benchScreens(folder: string, { runs, build }: Options): Promise<string> {
  if (build) await must('Building …', 'next', ['build'], { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' })
  const data = join(folder, 'screens')
  rmSync(data, { recursive: true, force: true })
  const server = await startServer(data)
  const { status, body } = await server.post('/api/v1/sample')
  if (status >= 300) throw new Error(`The sample fleet was answered ${status}: ${body}`)
  const browser = await chromium.launch({ executablePath: installedBrowser(), chromiumSandbox: false })
  const measured: [name: string, FirstLoad][] = []
  for (const [name, path] of await pagesOf(server)) {
    // The first answer of a page is slower, since the server loads what makes it.
    await server.get(path)
    const loads: FirstLoad[] = []
    for (let run = 0; run < runs; run++) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
      loads.push(await measureFirstLoad(await context.newPage(), server.url + path))
      await context.close()
    }
    measured.push([
      name,
      { script: median(loads.map(({ script }) => script)), paint: median(loads.map(({ paint }) => paint)) },
    ])
  }
  await browser.close()
  await server.stop()
  rmSync(data, { recursive: true })
  const ratio = (now: number, then: number | undefined) => (then === undefined ? '' : times(now / then))
  const head = ['page', 'JavaScript kB', 'a5815d5', 'ratio', 'largest paint ms', 'a5815d5', 'ratio']
  const rows = measured.map(([name, { script, paint }]) => {
    const then = before[name]
    return [
      ...[name, figure(script), then === undefined ? '' : figure(then.script), ratio(script, then?.script)],
      ...[figure(paint), then === undefined ? '' : figure(then.paint), ratio(paint, then?.paint)],
    ]
  })
  return `Screens: first load, JavaScript as sent, 1440 × 900, sample fleet; median of ${runs} runs\n\n${table(head, rows)}`
}
