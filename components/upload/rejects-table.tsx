import { Count } from '#components/table/cells/count.tsx'
import { Logged } from '#components/table/cells/logged.tsx'
import type { RejectRow } from '#lib/model/rows.ts'
import { countText } from '#lib/text/number.ts'
import { visibleText } from '#lib/text/visible.ts'
import '#components/table/table.css'

/** Records that could not be read: where each is in its file, why, and how it begins. */
export function RejectsTable({ rejects }: { rejects: RejectRow[] }) {
  const hasLogs = rejects.some(({ log }) => log !== null)
  return (
    <table className="rows min-w-[1000px] border-t border-line max-sm:min-w-0">
      <caption className="sr-only">Rejects</caption>
      <thead>
        <tr>
          {hasLogs && (
            <th scope="col" className="w-48">
              log
            </th>
          )}
          <th scope="col" className="end w-22">
            record
          </th>
          <th scope="col" className="end w-22">
            line
          </th>
          <th scope="col" className="end w-30">
            byte offset
          </th>
          <th scope="col" className="w-36">
            reason
          </th>
          <th scope="col" className="w-72">
            detail
          </th>
          <th scope="col">snippet</th>
        </tr>
      </thead>
      <tbody>
        {rejects.map((reject) => (
          <tr key={`${reject.log} ${reject.record} ${reject.offset}`}>
            {hasLogs && (
              <td className="phone-line wrap-anywhere" data-name="log">
                <Logged text={reject.log ?? ''} />
              </td>
            )}
            <td className="phone-line sm:text-end" data-name="record">
              <Count value={reject.record} className="text-12" />
            </td>
            <td className="phone-line sm:text-end" data-name="line">
              {reject.line === null ? (
                <span className="text-dim">none</span>
              ) : (
                <Count value={reject.line} className="text-12" />
              )}
            </td>
            <td className="phone-line sm:text-end" data-name="byte offset">
              <span className="figures text-12">{countText(reject.offset)}</span>
            </td>
            <td className="phone-title">{reject.reason}</td>
            <td className="phone-line wrap-anywhere" data-name="detail">
              {visibleText(reject.detail)}
            </td>
            <td className="phone-line" data-name="snippet">
              <code className="block text-12 leading-5 wrap-anywhere whitespace-pre-wrap">
                <Logged text={reject.snippet} />
              </code>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
