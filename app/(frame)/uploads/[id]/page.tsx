import { Download, GitCompareArrows } from 'lucide-react'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Bar } from '#components/frame/bar.tsx'
import { NothingShown, showsNothing } from '#components/frame/nothing-shown.tsx'
import { Problems } from '#components/frame/problems.tsx'
import { Logged } from '#components/table/cells/logged.tsx'
import { TableScreen } from '#components/table/table-screen.tsx'
import { buttonClass } from '#components/ui/button.tsx'
import { NavLink } from '#components/ui/nav-link.tsx'
import { CodeTable } from '#components/upload/code-table.tsx'
import { ContinuitySection } from '#components/upload/continuity/continuity-section.tsx'
import { LogTable } from '#components/upload/log-table.tsx'
import { ReadingBar } from '#components/upload/reading-bar.tsx'
import { ReceiptFacts } from '#components/upload/receipt-facts.tsx'
import { ReceiptSum } from '#components/upload/receipt-sum.tsx'
import { RefreshWhile } from '#components/upload/refresh-while.tsx'
import { RejectsTable } from '#components/upload/rejects-table.tsx'
import { UndoButton } from '#components/upload/undo-button.tsx'
import { context } from '#lib/access/context.ts'
import { undoReversal } from '#lib/access/health.ts'
import { tooLargeToKeep } from '#lib/http/undo-size.ts'
import { waitsById } from '#lib/http/waits.ts'
import { apiPaths } from '#lib/params/api-paths.ts'
import { compareHref, pathPart, tablePath, uploadPath } from '#lib/params/hrefs.ts'
import { pageRange } from '#lib/params/page.ts'
import { readScreen } from '#lib/params/read-screen.ts'
import { countOf } from '#lib/text/number.ts'
import { visibleText } from '#lib/text/visible.ts'

export async function generateMetadata({ params }: PageProps<'/uploads/[id]'>): Promise<Metadata> {
  const id = pathPart((await params).id)
  const { reads } = await context()
  const name = id === null ? undefined : (await reads.upload(id))?.name
  return { title: name === undefined ? 'Upload' : visibleText(name) }
}

/** Hosts, breaks and versions that the receipt shows; all of them are one click away. */
const shownOfEach = 10

/** One upload: its receipt, what was in the file, and every record that could not be read. */
export default async function UploadPage({ params, searchParams }: PageProps<'/uploads/[id]'>) {
  const id = pathPart((await params).id)
  if (id === null) notFound()
  const { screen, problems } = readScreen(uploadPath(id), 'uploads', await searchParams)
  if (showsNothing(problems)) return <NothingShown title="Upload" screen={screen} problems={problems} />
  const { tz } = screen.params
  const { reads } = await context()
  const receipt = await reads.upload(id)
  if (receipt === null) notFound()
  const beginning = { dest: null, offset: 0, limit: shownOfEach }
  const [dests, breaks, versions, withoutDest, logs, stored, rejects] = await Promise.all([
    reads.continuity('dests', id, beginning),
    reads.continuity('breaks', id, beginning),
    reads.continuity('versions', id, beginning),
    reads.countWithoutDest(id),
    reads.logs(id),
    reads.storedCodes(id),
    reads.rejects(id, pageRange(screen.params)),
  ])
  const reversal = {
    ...undoReversal(),
    isPart: (await reads.archiveOf(id)) !== null,
    isTooLarge: (await tooLargeToKeep(reads, [receipt])).has(id),
  }
  const isRemoving = receipt.state === 'removing'
  const isReading = receipt.state === 'queued' || receipt.state === 'reading'
  const waits = isReading ? await waitsById(reads) : undefined
  return (
    <>
      <Bar title={<Logged text={receipt.name} />} screen={screen}>
        {receipt.state === 'done' && (
          <NavLink href={compareHref(id)} className={buttonClass()}>
            <GitCompareArrows aria-hidden />
            Compare
          </NavLink>
        )}
        {!isRemoving && <UndoButton receipt={receipt} reversal={reversal} leaveTo={tablePath('uploads')} isOfScreen />}
      </Bar>
      <Problems problems={problems} />
      <TableScreen
        screen={screen}
        page={rejects}
        noun="reject"
        isPart
        above={
          <>
            <div className="flex flex-col gap-3 border-b border-line px-4 py-3">
              <p className="text-15">
                {isRemoving ? (
                  `Removing… ${countOf(receipt.stored, 'event')} left. Every count returns to what it was before.`
                ) : (
                  <ReceiptSum receipt={receipt} />
                )}
              </p>
              {isReading && <ReadingBar receipt={receipt} waitsFor={waits?.get(id)} />}
            </div>
            <div className="grid border-b border-line lg:grid-cols-[minmax(0,30rem)_minmax(0,1fr)]">
              <div className="px-4 py-3">
                <ReceiptFacts receipt={receipt} withoutDest={withoutDest} tz={tz} />
              </div>
              <section aria-labelledby="in-this-file" className="border-line max-lg:border-t lg:border-l">
                <h2 id="in-this-file" className="px-4 py-3 text-13 font-semibold">
                  What was in this file
                </h2>
                {receipt.records > 0 ? (
                  <CodeTable stored={stored} receipt={receipt} />
                ) : (
                  <p className="px-4 pb-3 text-dim">No record was read.</p>
                )}
              </section>
            </div>
            <ContinuitySection receipt={receipt} tz={tz} dests={dests} breaks={breaks} versions={versions} />
            {logs.length > 0 && (
              <section aria-labelledby="logs">
                <h2 id="logs" className="px-4 pt-6 pb-1.5 text-13 font-semibold">
                  Logs in this archive <span className="font-normal text-dim">{countOf(logs.length, 'file')}</span>
                </h2>
                <LogTable logs={logs} />
              </section>
            )}
            <div className="flex flex-wrap items-center justify-between gap-2 px-4 pt-6 pb-1.5">
              <h2 id="rejects" className="text-13 font-semibold">
                Rejects{' '}
                <span className="font-normal text-dim">{countOf(rejects.total, 'record')} that could not be read</span>
              </h2>
              {rejects.total > 0 && (
                <a href={apiPaths.uploadList(id, 'rejects', 'ndjson')} download className={buttonClass()}>
                  <Download aria-hidden />
                  Download as NDJSON
                </a>
              )}
            </div>
          </>
        }
        none={null}
      >
        <RejectsTable rejects={rejects.rows} />
      </TableScreen>
      <RefreshWhile active={isReading || isRemoving} />
    </>
  )
}
