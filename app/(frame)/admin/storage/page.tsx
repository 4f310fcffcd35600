import type { Metadata } from 'next'
import { AdminPage } from '#components/admin/admin-page.tsx'
import { StorageFacts } from '#components/admin/storage-facts.tsx'
import { PageBody } from '#components/frame/page-body.tsx'
import { SpaceBanner } from '#components/upload/space-banner.tsx'
import { context } from '#lib/access/context.ts'
import { selectStorage } from '#lib/http/storage.ts'
import { adminPaths } from '#lib/params/hrefs.ts'
import { readScreen } from '#lib/params/read-screen.ts'

export const metadata: Metadata = { title: 'Storage' }

/** What the data folder has on its disk. */
export default async function StoragePage({ searchParams }: PageProps<'/admin/storage'>) {
  const { screen, problems } = readScreen(adminPaths.storage, 'uploads', await searchParams)
  const { reads } = await context()
  const storage = await selectStorage(reads)
  return (
    <AdminPage section="storage" screen={screen} problems={problems}>
      <SpaceBanner space={storage.space} />
      <PageBody>
        <StorageFacts storage={storage} tz={screen.params.tz} />
      </PageBody>
    </AdminPage>
  )
}
