import { type Case, expect, type Kind, timed } from './kind.ts'
import { type Running, stop, tryToStart } from './server.ts'
import { onSite } from './site.ts'

const inUse = 'ASR Hunt is already running on the data folder'

/** A second server on the folder of one that runs: it is refused, and the first goes on. */
const second: Case = {
  what: 'a second server on the folder of a running one',
  run: ({ survived }) =>
    onSite(async (site) => {
      await site.start()
      await site.send(site.ledger.add(5))
      const [refused, figure] = await timed('refused', () => tryToStart(site.folder))
      expect(!('url' in refused), 'The second server started.')
      expect(refused.code === 1 && refused.printed.includes(inUse), `The second server printed:\n${refused.printed}`)
      const { status } = await site.send(site.ledger.add(5))
      expect(status === 201, `After that, the first answered an upload with ${status}.`)
      await site.check()
      survived()
      return [figure]
    }),
}

/** Many servers on one folder at the same moment: one of them runs. */
const manyAtOnce: Case = {
  what: '20 servers on one folder at once (5 if there is little time)',
  run: ({ isShort, survived }) =>
    onSite(async (site) => {
      const count = isShort ? 5 : 20
      const [started, figure] = await timed('all decided', () =>
        Promise.all(Array.from({ length: count }, () => tryToStart(site.folder))),
      )
      const running = started.filter((each): each is Running => 'url' in each)
      await Promise.all(running.map((each) => stop(each, 'SIGTERM')))
      expect(running.length === 1, `${running.length} of ${count} servers are running.`)
      for (const each of started) {
        const isRefused = 'url' in each || (each.code === 1 && each.printed.includes(inUse))
        expect(isRefused, `A server that was refused printed:\n${each.printed}`)
      }
      await site.start()
      await site.check()
      survived()
      return [figure]
    }),
}

/** Several servers on one data folder. */
export const secondServer: Kind = { name: 'second-server', share: 1, cases: [second, manyAtOnce] }
