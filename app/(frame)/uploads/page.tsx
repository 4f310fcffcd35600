import { GitCompareArrows, Upload } from 'lucide-react'
import type { Metadata } from 'next'
import { Bar } from '#components/frame/bar.tsx'
import { NothingShown, showsNothing } from '#components/frame/nothing-shown.tsx'
import { Problems } from '#components/frame/problems.tsx'
import { State } from '#components/frame/state.tsx'
import { TableScreen } from '#components/table/table-screen.tsx'
import { buttonClass } from '#components/ui/button.tsx'
import { NavLink } from '#components/ui/nav-link.tsx'
import { DropZone } from '#components/upload/drop-zone.tsx'
import { RefreshWhile } from '#components/upload/refresh-while.tsx'
import { RemovedUploads } from '#components/upload/removed-uploads.tsx'
import { SampleLogLink } from '#components/upload/sample-log-link.tsx'
import { SpaceBanner } from '#components/upload/space-banner.tsx'
import { TotalsLine } from '#components/upload/totals-line.tsx'
import { UploadTable } from '#components/upload/upload-table.tsx'
import { context } from '#lib/access/context.ts'
import { diskSpace, undoReversal } from '#lib/access/health.ts'
import { tooLargeToKeep } from '#lib/http/undo-size.ts'
import { waitsById } from '#lib/http/waits.ts'
import { comparePath, tablePath } from '#lib/params/hrefs.ts'
import { readScreen } from '#lib/params/read-screen.ts'
import { selectUploads } from '#lib/query/uploads.ts'

export const metadata: Metadata = { title: 'Uploads' }

/** Where logs are dropped, and what became of every one. */
export default async function UploadsPage({ searchParams }: PageProps<'/uploads'>) {
  const { screen, problems } = readScreen(tablePath('uploads'), 'uploads', await searchParams)
  if (showsNothing(problems)) return <NothingShown title="Uploads" screen={screen} problems={problems} />
  const { reads, may } = await context()
  const [{ rows, total }, totals, removed] = await Promise.all([
    selectUploads(reads, screen.params),
    reads.uploadTotals(),
    reads.removed(),
  ])
  const isUnderWay = rows.some(({ state }) => state !== 'done' && state !== 'failed')
  const waits = isUnderWay ? await waitsById(reads) : new Map<string, string>()
  const tooLarge = await tooLargeToKeep(reads, rows)
  return (
    <>
      <Bar title="Uploads" screen={screen}>
        {total > 1 && (
          <NavLink href={comparePath} className={buttonClass()}>
            <GitCompareArrows aria-hidden />
            Compare two
          </NavLink>
        )}
      </Bar>
      <Problems problems={problems} />
      <SpaceBanner space={diskSpace()} />
      <TableScreen
        screen={screen}
        page={{ rows, total }}
        noun="upload"
        above={
          <div className="sticky left-0 flex flex-col gap-3 px-4 py-3">
            <DropZone sample={total === 0} />
            {total > 0 && <TotalsLine totals={totals} />}
            {removed.length > 0 && <RemovedUploads removed={removed} tz={screen.params.tz} mayRestore={may('undo')} />}
          </div>
        }
        none={
          <State icon={<Upload aria-hidden />} title="Nothing has been uploaded yet">
            {may('upload') && (
              <p>
                Drop a log above, load the sample fleet, send a log with curl to /api/v1/uploads, or read one from disk
                with npm run ingest.
              </p>
            )}
            <SampleLogLink />
          </State>
        }
      >
        <UploadTable uploads={rows} waits={waits} screen={screen} reversal={undoReversal()} tooLarge={tooLarge} />
      </TableScreen>
      <RefreshWhile active={isUnderWay || removed.some(({ state }) => state !== 'kept')} />
    </>
  )
}
