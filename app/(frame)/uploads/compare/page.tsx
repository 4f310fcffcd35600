import { GitCompareArrows } from 'lucide-react'
import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { Bar } from '#components/frame/bar.tsx'
import { NothingShown, showsNothing } from '#components/frame/nothing-shown.tsx'
import { Problems } from '#components/frame/problems.tsx'
import { State } from '#components/frame/state.tsx'
import { TableScreen } from '#components/table/table-screen.tsx'
import { CompareForm } from '#components/upload/compare/compare-form.tsx'
import { ComparedRows, ComparisonHead, comparedList, showOf, shows } from '#components/upload/compare/comparison.tsx'
import { context } from '#lib/access/context.ts'
import { compareParams, readCompared } from '#lib/http/compare.ts'
import type { Pair } from '#lib/model/compared.ts'
import { defaultParams } from '#lib/params/defaults.ts'
import { comparePath } from '#lib/params/hrefs.ts'
import { pageRange } from '#lib/params/page.ts'
import { choiceProblems, readScreen } from '#lib/params/read-screen.ts'
import { screenHref } from '#lib/params/screen.ts'
import { defaultPair, selectComparison } from '#lib/query/compare.ts'
import { selectUploads } from '#lib/query/uploads.ts'

export const metadata: Metadata = { title: 'Compare uploads' }

/** Uploads that can be chosen from: the newest, and those that the URL names. */
const choices = 200
const noRows = { total: 0, rows: [] }

/** Two uploads side by side: what is in both, and what is in one of them only. */
export default async function ComparePage({ searchParams }: PageProps<'/uploads/compare'>) {
  const search = await searchParams
  const { screen } = readScreen(comparePath, 'uploads', search, [...compareParams, 'show'])
  const { a, b, params, problems } = readCompared(search, ['show', 'open'])
  if (showsNothing(problems)) return <NothingShown title="Compare uploads" screen={screen} problems={problems} />
  const page = pageRange(params)
  const show = showOf(screen.own.show)
  const { reads } = await context()
  if ((a === null || b === null) && problems.length === 0) {
    const chosen = await defaultPair(reads, a ?? b)
    if (chosen !== null) redirect(screenHref(screen, {}, { a: chosen[0], b: chosen[1] }))
  }
  const pair: Pair | null = a !== null && b !== null && a !== b ? [a, b] : null
  const isEvents = show === 'both' || show === 'a' || show === 'b'
  const [newest, comparison, events] = await Promise.all([
    selectUploads(reads, { ...defaultParams('uploads'), limit: choices }),
    pair && selectComparison(reads, pair, show === 'dests' ? page : { offset: 0, limit: 0 }),
    pair && isEvents ? reads.comparedEvents(pair, show, page) : null,
  ])
  const named = (await Promise.all([a, b].map((id) => id && reads.upload(id)))).filter(
    (each) => each !== null && each !== '',
  )
  const uploads = [...new Map([...named, ...newest.rows].map((upload) => [upload.id, upload])).values()]
  const list = comparison === null ? null : comparedList(comparison, events ?? noRows, show, page)
  return (
    <>
      <Bar title="Compare uploads" screen={screen} />
      <Problems problems={[...problems, ...choiceProblems('show', screen.own.show, shows)]} />
      <TableScreen
        screen={screen}
        page={list?.page ?? noRows}
        noun={list?.noun ?? 'host'}
        isPart
        above={
          <>
            <CompareForm uploads={uploads} total={newest.total} a={a} b={b} tz={params.tz} />
            {comparison !== null && <ComparisonHead comparison={comparison} show={show} screen={screen} />}
          </>
        }
        none={comparison === null ? <NothingToCompare isChosen={pair !== null} /> : undefined}
      >
        {list !== null && <ComparedRows list={list} tz={params.tz} />}
      </TableScreen>
    </>
  )
}

function NothingToCompare({ isChosen }: { isChosen: boolean }) {
  return (
    <State
      icon={<GitCompareArrows aria-hidden />}
      title={isChosen ? 'One of these uploads does not exist' : 'Choose two uploads'}
    >
      <p>Two collections of the same hosts show what each has that the other lacks.</p>
    </State>
  )
}
