import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Bar } from '#components/frame/bar.tsx'
import { NothingShown, showsNothing } from '#components/frame/nothing-shown.tsx'
import { Problems } from '#components/frame/problems.tsx'
import { Logged } from '#components/table/cells/logged.tsx'
import { TableScreen } from '#components/table/table-screen.tsx'
import { linkClass, NavLink } from '#components/ui/nav-link.tsx'
import { TabLinks } from '#components/ui/tabs.tsx'
import { ContinuityList, listNames, listOf } from '#components/upload/continuity/continuity-list.tsx'
import { context } from '#lib/access/context.ts'
import { continuityPath, pathPart, uploadPath } from '#lib/params/hrefs.ts'
import { pageRange } from '#lib/params/page.ts'
import { choiceProblems, readScreen } from '#lib/params/read-screen.ts'
import { screenHref } from '#lib/params/screen.ts'
import { destAsked, selectList } from '#lib/query/continuity.ts'
import { visibleText } from '#lib/text/visible.ts'

export async function generateMetadata({ params }: PageProps<'/uploads/[id]/continuity'>): Promise<Metadata> {
  const id = pathPart((await params).id)
  const { reads } = await context()
  const name = id === null ? undefined : (await reads.upload(id))?.name
  return {
    title:
      name === undefined
        ? 'Hosts, breaks and versions of an upload'
        : `Hosts, breaks and versions of ${visibleText(name)}`,
  }
}

/** Every dest, break and version of an upload, of all dests or one. */
export default async function ContinuityPage({ params, searchParams }: PageProps<'/uploads/[id]/continuity'>) {
  const id = pathPart((await params).id)
  if (id === null) notFound()
  const { screen, problems } = readScreen(continuityPath(id), 'uploads', await searchParams, ['show'])
  if (showsNothing(problems)) return <NothingShown title="Upload" screen={screen} problems={problems} />
  const { filters, tz } = screen.params
  const dest = destAsked(filters)
  const list = listOf(screen.own.show)
  const { reads } = await context()
  const receipt = await reads.upload(id)
  if (receipt === null) notFound()
  const found = await selectList(reads, list, id, { dest, ...pageRange(screen.params) })
  return (
    <>
      <Bar title={<Logged text={receipt.name} />} screen={screen} />
      <Problems problems={[...problems, ...choiceProblems('show', screen.own.show, Object.keys(listNames))]} />
      <TableScreen
        screen={screen}
        page={found}
        noun={listNames[list].toLowerCase().replace(/s$/, '')}
        line={
          <>
            <TabLinks
              label="What to show of this upload"
              tabs={[
                { href: uploadPath(id), label: 'Receipt', current: false },
                ...Object.entries(listNames).map(([show, label]) => ({
                  href: screenHref(screen, { limit: null }, { show }),
                  label,
                  current: show === list,
                })),
              ]}
            />
            {dest !== null && (
              <p className="border-b border-line px-4 py-1.5">
                Only of <Logged text={dest} />.{' '}
                <NavLink href={screenHref(screen, { filters: {} })} className={linkClass}>
                  Show every host
                </NavLink>
              </p>
            )}
          </>
        }
      >
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard, and its table may have no link */}
        <section aria-label={listNames[list]} tabIndex={0} className="min-h-0 flex-1 overflow-auto">
          <ContinuityList found={found} id={id} tz={tz} />
        </section>
      </TableScreen>
    </>
  )
}
