import { Count } from '#components/table/cells/count.tsx'
import { TabLinks } from '#components/ui/tabs.tsx'
import type { Comparison } from '#lib/model/compared.ts'
import type { EventRow } from '#lib/model/rows.ts'
import { type Screen, screenHref } from '#lib/params/screen.ts'
import { countOf } from '#lib/text/number.ts'
import { ComparedCodes, ComparedVersions } from './compared-counts.tsx'
import { ComparedDests } from './compared-dests.tsx'
import { ComparedEvents } from './compared-events.tsx'
import { type Show, shows } from './shows.ts'
import { Sides } from './sides.tsx'

type Props = { comparison: Comparison; events: EventRow[]; show: Show; screen: Screen }

/** Two uploads side by side, and under them one list of what they share or do not. */
export function ComparisonView({ comparison, events, show, screen }: Props) {
  const { dests, codes, versions, untold } = comparison
  const { tz } = screen.params
  const counts: Record<Show, [name: string, count: number]> = {
    dests: ['Dests', dests.total],
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
  const isEmpty = counts[show][1] === 0
  return (
    <>
      <Sides comparison={comparison} tz={tz} />
      <p className="px-4 py-2 text-12 text-dim">
        Records and events are compared by dest, EventRecordID and time, whichever upload stored an event first.
        {untold > 0 &&
          ` ${countOf(untold, 'dest')} cannot be compared that way and ${untold === 1 ? 'is' : 'are'} in no list of events.`}
        {comparison.a.unlooked + comparison.b.unlooked > 0 && ' Not every dest was looked at.'}
      </p>
      <TabLinks label="What to compare" tabs={tabs} />
      {isEmpty && <p className="px-4 py-6 text-dim">There are none.</p>}
      {!isEmpty && show === 'dests' && <ComparedDests dests={dests.rows} tz={tz} />}
      {!isEmpty && show === 'codes' && <ComparedCodes codes={codes} />}
      {!isEmpty && show === 'versions' && <ComparedVersions versions={versions} />}
      {events.length > 0 && <ComparedEvents events={events} tz={tz} />}
    </>
  )
}
