import { Count } from '#components/table/cells/count.tsx'
import { Logged } from '#components/table/cells/logged.tsx'
import { TimeCell } from '#components/table/cells/time-cell.tsx'
import { ariaSort, SortLink } from '#components/table/sort-link.tsx'
import { NavLink } from '#components/ui/nav-link.tsx'
import { otherRecords } from '#lib/model/other-records.ts'
import type { Receipt } from '#lib/model/rows.ts'
import type { Screen } from '#lib/params/screen.ts'
import { bytesText } from '#lib/text/bytes.ts'
import { countOf } from '#lib/text/number.ts'
import { visibleText } from '#lib/text/visible.ts'
import { formatName } from './formats.ts'
import { ReceiptSum } from './receipt-sum.tsx'
import type { Reversal } from './reversal.ts'
import { StateTag } from './state-tag.tsx'
import { UndoButton } from './undo-button.tsx'
import '#components/table/table.css'
import { uploadPath } from '#lib/params/hrefs.ts'

const columns = [
  { column: 'name', label: 'File', width: '' },
  { column: 'state', label: 'State', width: 'w-24' },
  { column: 'format', label: 'Format', width: 'w-36' },
  { column: 'bytes', label: 'Size', width: 'w-20', end: true },
  { column: 'records', label: 'records', width: 'w-24', end: true },
  { column: 'stored', label: 'stored', width: 'w-24', end: true },
  { column: 'duplicates', label: 'duplicates', width: 'w-28', end: true },
  { column: 'other', label: 'other', width: 'w-22', end: true },
  { column: 'rejects', label: 'rejects', width: 'w-20', end: true },
  { column: 'dests', label: 'dests', width: 'w-18', end: true },
  { column: 'receipt', label: 'Receipt', width: 'sm:hidden' },
  { column: 'createdAt', label: 'Uploaded', width: 'w-40' },
] as const

type Props = {
  uploads: Receipt[]
  /** What uploads that are not read at the moment wait for, by their ids. */
  waits: ReadonlyMap<string, string>
  screen: Screen
  /** How an undo of one can be reversed. */
  reversal: Pick<Reversal, 'hours' | 'isShort'>
  /** The ids of those that are too large for it. */
  tooLarge: ReadonlySet<string>
}

/** The uploads with what became of each. */
export function UploadTable({ uploads, waits, screen, reversal, tooLarge }: Props) {
  const { tz } = screen.params
  return (
    <table className="rows min-w-[1100px] max-sm:min-w-0">
      <caption className="sr-only">Uploads</caption>
      <thead>
        <tr>
          {columns.map(({ column, label, width, ...rest }) => {
            const isEnd = 'end' in rest
            return (
              <th
                key={column}
                scope="col"
                aria-sort={ariaSort(screen, column)}
                className={isEnd ? `end ${width}` : width}
              >
                <SortLink
                  screen={screen}
                  column={column}
                  label={label}
                  align={isEnd ? 'end' : undefined}
                  note={column === 'createdAt' ? tz : undefined}
                />
              </th>
            )
          })}
          <th scope="col" className="w-26">
            <span className="sr-only">Undo</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {uploads.map((upload) => (
          <UploadRow
            key={upload.id}
            {...{ upload, tz }}
            reversal={{ ...reversal, isPart: false, isTooLarge: tooLarge.has(upload.id) }}
            waitsFor={waits.get(upload.id)}
          />
        ))}
      </tbody>
    </table>
  )
}

type RowProps = { upload: Receipt; waitsFor: string | undefined; tz: string; reversal: Reversal }

function UploadRow({ upload, waitsFor, tz, reversal }: RowProps) {
  return (
    <tr>
      <td className="phone-title">
        <NavLink
          href={uploadPath(upload.id)}
          className="block w-fit max-w-full truncate rounded-sm font-medium hover:text-accent hover:underline"
        >
          <Logged text={upload.name} />
        </NavLink>
        {upload.error !== null && (
          <p className="text-12 font-normal wrap-anywhere whitespace-normal text-block-ink">
            {visibleText(upload.error)}
          </p>
        )}
        {waitsFor !== undefined && (
          <p className="text-12 font-normal wrap-anywhere whitespace-normal text-dim">
            Waits for {visibleText(waitsFor)}.
          </p>
        )}
      </td>
      <td className="phone-figure">
        <StateTag state={upload.state} />
        {upload.state === 'removing' && <EventsLeft count={upload.stored} />}
      </td>
      <td className="phone-line" data-name="Format">
        {formatName(upload.format)}
        {upload.logs > 0 && <span className="text-dim">, {countOf(upload.logs, 'log')}</span>}
      </td>
      <td className="figures text-12 sm:text-end">{bytesText(upload.bytes ?? upload.bytesRead)}</td>
      <Cell value={upload.records} />
      <Cell value={upload.stored} />
      <Cell value={upload.duplicates} />
      <Cell value={otherRecords(upload)} />
      <Cell value={upload.rejects} href={upload.rejects > 0 ? uploadPath(upload.id, 'rejects') : undefined} />
      <Cell value={upload.dests} />
      <td className="phone-line sm:hidden" data-name="Records">
        <ReceiptSum receipt={upload} />
      </td>
      <td className="phone-line" data-name="Uploaded">
        <TimeCell time={upload.createdAt} tz={tz} />
      </td>
      <td className="phone-line" data-name="">
        {upload.state !== 'removing' && <UndoButton receipt={upload} reversal={reversal} />}
      </td>
    </tr>
  )
}

const EventsLeft = ({ count }: { count: number }) => (
  <p className="figures text-12 whitespace-normal text-dim">{countOf(count, 'event')} left</p>
)

function Cell({ value, href }: { value: number; href?: string }) {
  return (
    <td className="sm:text-end">
      {href === undefined ? (
        <Count value={value} />
      ) : (
        <NavLink href={href} className="rounded-sm text-accent hover:underline">
          <Count value={value} />
        </NavLink>
      )}
    </td>
  )
}
