import { Count } from '#components/table/cells/count.tsx'
import { Logged } from '#components/table/cells/logged.tsx'
import { linkClass, NavLink } from '#components/ui/nav-link.tsx'
import type { Receipt } from '#lib/model/rows.ts'
import { visibleText } from '#lib/text/visible.ts'
import { formatName } from './formats.ts'
import { ReceiptSum } from './receipt-sum.tsx'
import { StateTag } from './state-tag.tsx'
import '#components/table/table.css'
import { uploadPath } from '#lib/params/hrefs.ts'

/** The logs that came in one archive, each with its own receipt. */
export function LogTable({ logs }: { logs: Receipt[] }) {
  return (
    <table className="rows min-w-[960px] border-t border-line max-sm:min-w-0">
      <caption className="sr-only">Logs in this archive</caption>
      <thead>
        <tr>
          <th scope="col">Log</th>
          <th scope="col" className="w-24">
            State
          </th>
          <th scope="col" className="w-48">
            Format
          </th>
          <th scope="col" className="w-[30rem]">
            Receipt
          </th>
          <th scope="col" className="end w-18">
            dests
          </th>
        </tr>
      </thead>
      <tbody>
        {logs.map((log) => (
          <tr key={log.id}>
            <td className="phone-title">
              <NavLink href={uploadPath(log.id)} className={`wrap-anywhere ${linkClass}`}>
                <Logged text={log.name} />
              </NavLink>
              {log.error !== null && (
                <p className="text-12 font-normal wrap-anywhere text-block-ink">{visibleText(log.error)}</p>
              )}
            </td>
            <td className="phone-figure">
              <StateTag state={log.state} />
            </td>
            <td className="phone-line" data-name="Format">
              {formatName(log.format)}
            </td>
            <td className="phone-line" data-name="Receipt">
              <ReceiptSum receipt={log} />
            </td>
            <td className="phone-line sm:text-end" data-name="dests">
              <Count value={log.dests} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
