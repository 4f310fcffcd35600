import { Count } from '#components/table/cells/count.tsx'
import { modeNames } from '#lib/asr/codes.ts'
import { type Buckets, bucketText } from './buckets.ts'
import { series } from './series.ts'

/** The numbers of a timeline as a table, newest first, in the height of the chart it replaces. */
export function TimelineTable({ buckets, tz, label }: { buckets: Buckets; tz: string; label: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it.
    <section aria-label={label} tabIndex={0} className="h-full overflow-y-auto border-y border-line">
      <table className="w-full text-12">
        <thead className="sticky top-0 bg-ground text-dim">
          <tr>
            <th scope="col" className="py-1 pr-3 text-start font-semibold">
              Time <span className="font-normal">{tz}</span>
            </th>
            {series.map((mode) => (
              <th key={mode} scope="col" className="px-3 py-1 text-end font-semibold">
                {modeNames[mode]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {buckets.points.toReversed().map((point) => (
            <tr key={point.time} className="border-t border-line">
              <th scope="row" className="figures py-0.5 pr-3 text-start font-normal whitespace-nowrap">
                {bucketText(point.time, buckets.length, tz)}
              </th>
              {series.map((mode) => (
                <td key={mode} className="px-3 py-0.5 text-end">
                  <Count value={point[mode]} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
