import { Count } from '#components/table/cells/count.tsx'
import { Logged } from '#components/table/cells/logged.tsx'
import { TimeCell } from '#components/table/cells/time-cell.tsx'
import type { BreakRow } from '#lib/model/rows.ts'
import { lengthText } from '#lib/text/time.ts'
import { breakKinds } from './words.ts'
import '#components/table/table.css'

/** The breaks of an upload: what each is, the records on either side of it and how long it lasted. */
export function BreakTable({ breaks, tz }: { breaks: BreakRow[]; tz: string }) {
  const hasLogs = breaks.some(({ log }) => log !== null)
  return (
    <>
      <Legend kinds={new Set(breaks.map(({ kind }) => kind))} />
      <table className="rows min-w-[1000px] max-sm:min-w-0">
        <caption className="sr-only">Breaks in this upload</caption>
        <thead>
          <tr>
            <th scope="col" className="w-44">
              What
            </th>
            <th scope="col">dest</th>
            {hasLogs && (
              <th scope="col" className="w-40">
                log
              </th>
            )}
            <th scope="col" className="end w-24">
              missing
            </th>
            <th scope="col" className="end w-28">
              record before
            </th>
            <th scope="col" className="w-40">
              at <span className="font-normal text-dim">{tz}</span>
            </th>
            <th scope="col" className="end w-28">
              record after
            </th>
            <th scope="col" className="w-40">
              at <span className="font-normal text-dim">{tz}</span>
            </th>
            <th scope="col" className="end w-24">
              between
            </th>
          </tr>
        </thead>
        <tbody>
          {breaks.map((row) => (
            <tr key={`${row.log} ${row.dest} ${row.beforeTime} ${row.beforeId} ${row.afterId}`}>
              <td className="phone-title">
                <BreakName kind={row.kind} />
              </td>
              <td className="phone-line" data-name="dest">
                <span className="block truncate">
                  <Logged text={row.dest} />
                </span>
              </td>
              {hasLogs && (
                <td className="phone-line wrap-anywhere" data-name="log">
                  <Logged text={row.log ?? ''} />
                </td>
              )}
              <td className="phone-line sm:text-end" data-name="missing">
                {row.missing === null ? (
                  <span className="text-12 text-dim">unknown</span>
                ) : (
                  <Count value={row.missing} />
                )}
              </td>
              <td className="phone-line sm:text-end" data-name="record before">
                <span className="figures text-12">{row.beforeId}</span>
              </td>
              <td className="phone-line" data-name="at">
                <TimeCell time={row.beforeTime} tz={tz} />
              </td>
              <td className="phone-line sm:text-end" data-name="record after">
                <span className="figures text-12">{row.afterId}</span>
              </td>
              <td className="phone-line" data-name="at">
                <TimeCell time={row.afterTime} tz={tz} />
              </td>
              <td className="phone-line sm:text-end" data-name="between">
                <span className="figures text-12">
                  {row.afterTime < row.beforeTime && '−'}
                  {lengthText(row.afterTime - row.beforeTime)}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

/** What the kinds of break that are listed say. */
function Legend({ kinds }: { kinds: Set<BreakRow['kind']> }) {
  return (
    <dl className="sticky left-0 flex flex-col gap-0.5 px-4 py-2 text-12 text-dim">
      {[...kinds].map((kind) => (
        <div key={kind}>
          <dt className="inline font-medium text-ink">{breakKinds[kind].name}</dt>{' '}
          <dd className="inline">{breakKinds[kind].meaning}</dd>
        </div>
      ))}
    </dl>
  )
}

function BreakName({ kind }: { kind: BreakRow['kind'] }) {
  const { name, icon: Icon } = breakKinds[kind]
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <Icon aria-hidden className="size-3.5 shrink-0 text-dim" />
      {name}
    </span>
  )
}
