import { Count } from '#components/table/cells/count.tsx'
import { Logged } from '#components/table/cells/logged.tsx'
import { TimeCell } from '#components/table/cells/time-cell.tsx'
import type { VersionRow } from '#lib/model/rows.ts'
import { versionKinds } from './words.ts'
import '#components/table/table.css'

/** The versions of Defender that the events of an upload name. */
export function VersionTable({ versions, tz }: { versions: VersionRow[]; tz: string }) {
  return (
    <table className="rows min-w-[800px] max-sm:min-w-0">
      <caption className="sr-only">Versions in this upload</caption>
      <thead>
        <tr>
          <th scope="col" className="w-44">
            Version of
          </th>
          <th scope="col">version</th>
          <th scope="col" className="end w-20">
            dests
          </th>
          <th scope="col" className="end w-24">
            events
          </th>
          <th scope="col" className="w-44">
            first named <span className="font-normal text-dim">{tz}</span>
          </th>
          <th scope="col" className="w-44">
            last named <span className="font-normal text-dim">{tz}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {versions.map(({ kind, version, dests, events, firstTime, lastTime }) => (
          <tr key={`${kind} ${version}`}>
            <td className="phone-line" data-name="Version of">
              {versionKinds[kind]}
            </td>
            <td className="phone-title figures wrap-anywhere">
              <Logged text={version} />
            </td>
            <td className="phone-line sm:text-end" data-name="dests">
              <Count value={dests} />
            </td>
            <td className="phone-line sm:text-end" data-name="events">
              <Count value={events} />
            </td>
            <td className="phone-line" data-name="first named">
              <TimeCell time={firstTime} tz={tz} />
            </td>
            <td className="phone-line" data-name="last named">
              <TimeCell time={lastTime} tz={tz} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
