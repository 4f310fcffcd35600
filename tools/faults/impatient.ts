import type { Figure } from './kind.ts'
import { onSite, type Site } from './site.ts'

/** Runs `work` on a server whose uploads may pause for three seconds. */
export const onImpatientSite = (work: (site: Site) => Promise<Figure[]>): Promise<Figure[]> =>
  onSite(async (site) => {
    site.settings = { UPLOAD_IDLE_SECONDS: '3' }
    await site.start()
    return work(site)
  })
