import { Count } from '#components/table/cells/count.tsx'
import { TabLinks } from '#components/ui/tabs.tsx'
import type { ComparedCode, ComparedDest, ComparedVersion, Comparison } from '#lib/model/compared.ts'
import type { EventRow, Page } from '#lib/model/rows.ts'
import { type PageRange, pageOf } from '#lib/params/page.ts'
import { type Screen, screenHref } from '#lib/params/screen.ts'
import { countOf } from '#lib/text/number.ts'
import { ComparedCodes, ComparedVersions } from './compared-counts.tsx'
import { ComparedDests } from './compared-dests.tsx'
import { ComparedEvents } from './compared-events.tsx'
import { Sides } from './sides.tsx'

/** What a comparison shows under its two sides: its hosts, the events of either, codes or versions. */
export const shows = ['dests', 'both', 'a', 'b', 'codes', 'versions'] as const
export type Show = (typeof shows)[number]

/** What the URL names; the hosts if it names none. */
export const showOf = (text: string | undefined): Show => shows.find((show) => show === text) ?? 'dests'

type Props = { comparison: Comparison; show: Show; screen: Screen }

/** Two uploads side by side, and the lists of what they share or do not, of which one is shown below. */
export function ComparisonHead({ comparison, show, screen }: Props) {
  const { dests, codes, versions, unknown } = comparison
  const counts: Record<Show, [name: string, count: number]> = {
    dests: ['Hosts', dests.total],
    both: ['Events in both', comparison.events.both],
    a: ['Only in A', comparison.events.a],
    b: ['Only in B', comparison.events.b],
    codes: ['Codes', codes.length],
    versions: ['Versions', versions.length],
  }
  const tabs = shows.map((each) => ({
    href: screenHref(screen, { limit: null }, { show: each === 'dests' ? null : each }),
    label: (
      <>
        {counts[each][0]} <Count value={counts[each][1]} className="text-12 font-normal text-dim" />
      </>
    ),
    current: each === show,
  }))
  return (
    <>
      <Sides comparison={comparison} tz={screen.params.tz} />
      <p className="px-4 py-2 text-12 text-dim">
        Records and events are compared by host, EventRecordID and time, no matter which upload stored an event first.
        {unknown > 0 &&
          ` ${countOf(unknown, 'host')} cannot be compared that way and ${unknown === 1 ? 'is' : 'are'} in no list of events.`}
        {comparison.a.unchecked + comparison.b.unchecked > 0 && ' Not every host was checked.'}
      </p>
      <TabLinks label="What to compare" tabs={tabs} />
    </>
  )
}

/** One list of a comparison. */
export type ComparedList =
  | { show: 'dests'; noun: 'host'; page: Page<ComparedDest> }
  | { show: 'codes'; noun: 'code'; page: Page<ComparedCode> }
  | { show: 'versions'; noun: 'version'; page: Page<ComparedVersion> }
  | { show: 'both' | 'a' | 'b'; noun: 'event'; page: Page<EventRow> }

/** The page of the list that is shown. Hosts and events come as a page of theirs; `events` are those of the place shown. */
export function comparedList(
  { dests, codes, versions }: Comparison,
  events: Page<EventRow>,
  show: Show,
  range: PageRange,
): ComparedList {
  if (show === 'dests') return { show, noun: 'host', page: dests }
  if (show === 'codes') return { show, noun: 'code', page: pageOf(codes, range) }
  if (show === 'versions') return { show, noun: 'version', page: pageOf(versions, range) }
  return { show, noun: 'event', page: events }
}

/** The table of a list. */
export function ComparedRows({ list, tz }: { list: ComparedList; tz: string }) {
  if (list.show === 'dests') return <ComparedDests dests={list.page.rows} tz={tz} />
  if (list.show === 'codes') return <ComparedCodes codes={list.page.rows} />
  if (list.show === 'versions') return <ComparedVersions versions={list.page.rows} />
  return <ComparedEvents events={list.page.rows} tz={tz} />
}
