import { Count } from '#components/table/cells/count.tsx'
import { Logged } from '#components/table/cells/logged.tsx'
import type { ComparedDest, Side } from '#lib/model/compared.ts'
import { spanText } from '#lib/text/time.ts'
import '#components/table/table.css'

const columns: { name: string; of: (row: ComparedDest) => number | undefined }[] = [
  { name: 'records in both', of: ({ records }) => records?.both },
  { name: 'records only in A', of: ({ records }) => records?.a },
  { name: 'records only in B', of: ({ records }) => records?.b },
  { name: 'missing in A, found in B', of: ({ filled }) => filled?.a },
  { name: 'missing in B, found in A', of: ({ filled }) => filled?.b },
  { name: 'events in both', of: ({ events }) => events?.both },
  { name: 'events only in A', of: ({ events }) => events?.a },
  { name: 'events only in B', of: ({ events }) => events?.b },
]

/** Hosts of two uploads: which of them have it, its span in either, and what both have of it. */
export function ComparedDests({ dests, tz }: { dests: ComparedDest[]; tz: string }) {
  return (
    <table className="rows min-w-[1320px] max-sm:min-w-0">
      <caption className="sr-only">Hosts of the two uploads</caption>
      <thead>
        <tr>
          <th scope="col">dest</th>
          <th scope="col" className="w-44">
            span in A <span className="font-normal text-dim">{tz}</span>
          </th>
          <th scope="col" className="w-44">
            span in B <span className="font-normal text-dim">{tz}</span>
          </th>
          {columns.map(({ name }) => (
            <th key={name} scope="col" className="end w-24">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {dests.map((row) => (
          <tr key={row.dest}>
            <td className="phone-title">
              <span className="block truncate font-medium">
                <Logged text={row.dest} />
              </span>
              {row.records === null && (
                <p className="text-12 font-normal whitespace-normal text-dim">No EventRecordIDs to compare by</p>
              )}
            </td>
            <Span side={row.a} name="span in A" tz={tz} />
            <Span side={row.b} name="span in B" tz={tz} />
            {columns.map(({ name, of }) => {
              const value = of(row)
              return (
                <td key={name} className="phone-line sm:text-end" data-name={name}>
                  {value === undefined ? <span className="text-12 text-dim">unknown</span> : <Count value={value} />}
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Span({ side, name, tz }: { side: Side | null; name: string; tz: string }) {
  const isTimed = side !== null && side.firstTime !== null && side.lastTime !== null
  return (
    <td className="phone-line" data-name={name}>
      {side === null && <span className="text-dim">not in it</span>}
      {isTimed && (
        <span className="figures block text-12 leading-4 whitespace-normal">
          {spanText(side.firstTime ?? 0, side.lastTime ?? 0, tz)}
        </span>
      )}
    </td>
  )
}
