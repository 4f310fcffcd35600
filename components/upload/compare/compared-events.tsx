import { Logged } from '#components/table/cells/logged.tsx'
import { CodeTag } from '#components/table/cells/mode-tag.tsx'
import { NullValue } from '#components/table/cells/null-value.tsx'
import { PathText } from '#components/table/cells/path-text.tsx'
import { TimeCell } from '#components/table/cells/time-cell.tsx'
import { NavLink } from '#components/ui/nav-link.tsx'
import type { EventRow } from '#lib/model/rows.ts'
import { eventHref } from '#lib/params/hrefs.ts'
import '#components/table/table.css'

/** Events of two uploads, each leading to its page. */
export function ComparedEvents({ events, tz }: { events: EventRow[]; tz: string }) {
  return (
    <table className="rows min-w-[1000px] max-sm:min-w-0">
      <caption className="sr-only">Events</caption>
      <thead>
        <tr>
          <th scope="col" className="w-40">
            _time <span className="font-normal text-dim">{tz}</span>
          </th>
          <th scope="col" className="w-52">
            dest
          </th>
          <th scope="col" className="end w-32">
            EventRecordID
          </th>
          <th scope="col" className="w-32">
            EventCode
          </th>
          <th scope="col" className="w-72">
            ASR_Rule
          </th>
          <th scope="col">Process_Name</th>
          <th scope="col">Path</th>
        </tr>
      </thead>
      <tbody>
        {events.map((event) => (
          <tr key={event.id}>
            <td className="phone-title">
              <NavLink href={eventHref(event.id, tz)} className="block w-fit rounded-sm text-accent hover:underline">
                <TimeCell time={event._time} tz={tz} />
              </NavLink>
            </td>
            <td className="phone-line" data-name="dest">
              <span className="block truncate">
                <Logged text={event.dest} />
              </span>
            </td>
            <td className="phone-line sm:text-end" data-name="EventRecordID">
              <span className="figures text-12">{event.EventRecordID}</span>
            </td>
            <td className="phone-line" data-name="EventCode">
              <CodeTag code={event.EventCode} />
            </td>
            <td className="phone-line" data-name="ASR_Rule">
              <span className="block truncate">{event.ASR_Rule ?? <NullValue />}</span>
            </td>
            <td className="phone-line" data-name="Process_Name">
              {event.Process_Name === null ? <NullValue /> : <PathText path={event.Process_Name} />}
            </td>
            <td className="phone-line" data-name="Path">
              {event.Path === null ? <NullValue /> : <PathText path={event.Path} />}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
