import { Count } from '#components/table/cells/count.tsx'
import { ModeTag } from '#components/table/cells/mode-tag.tsx'
import { meaningOf } from '#components/table/modes.ts'
import { codes } from '#lib/asr/codes.ts'
import type { Receipt } from '#lib/model/rows.ts'
import { shareText } from '#lib/text/number.ts'
import { visibleText } from '#lib/text/visible.ts'
import { otherMeaning } from './other-meanings.ts'
import '#components/table/table.css'

type Props = { stored: { EventCode: number; count: number }[]; receipt: Receipt }

/** What was in a file, by event code: what was stored, what was only counted, and what makes up the rest of its records. */
export function CodeTable({ stored, receipt }: Props) {
  const { records, duplicates, rejects } = receipt
  const others = Object.entries(receipt.otherCodes).sort(([, a], [, b]) => b - a)
  return (
    <table className="rows">
      <caption className="sr-only">What was in this file, by event code</caption>
      <thead>
        <tr>
          <th scope="col" className="w-40">
            EventCode
          </th>
          <th scope="col">Meaning</th>
          <th scope="col" className="w-32">
            Mode
          </th>
          <th scope="col" className="w-28">
            Outcome
          </th>
          <th scope="col" className="end w-28">
            records
          </th>
          <th scope="col" className="end w-20">
            share
          </th>
        </tr>
      </thead>
      <tbody>
        {stored.map(({ EventCode, count }) => (
          <tr key={EventCode}>
            <td className="figures phone-title">{EventCode}</td>
            <td className="phone-line" data-name="Meaning">
              {codes[EventCode]?.meaning}
            </td>
            <td className="phone-line" data-name="Mode">
              <ModeTag meaning={meaningOf(EventCode)} />
            </td>
            <td className="phone-line" data-name="Outcome">
              stored
            </td>
            <Sums count={count} records={records} />
          </tr>
        ))}
        {others.map(([code, count]) => (
          <tr key={code}>
            <td className="figures phone-title">{visibleText(code)}</td>
            <td className="phone-line" data-name="Meaning">
              {otherMeaning(code)}
            </td>
            <td className="phone-line" data-name="Mode">
              <ModeTag meaning="other" />
            </td>
            <td className="phone-line text-dim" data-name="Outcome">
              counted only
            </td>
            <Sums count={count} records={records} />
          </tr>
        ))}
        <Rest
          id="duplicates"
          name="Duplicates"
          words="had been stored before, with the same identity"
          count={duplicates}
          records={records}
        />
        <Rest name="Rejects" words="could not be read: see below" count={rejects} records={records} />
      </tbody>
    </table>
  )
}

type RestProps = { id?: string; name: string; words: string; count: number; records: number }

function Rest({ id, name, words, count, records }: RestProps) {
  if (count === 0) return null
  return (
    <tr id={id}>
      <td className="phone-title">{name}</td>
      <td className="phone-line text-dim" data-name="" colSpan={3}>
        {words}
      </td>
      <Sums count={count} records={records} />
    </tr>
  )
}

function Sums({ count, records }: { count: number; records: number }) {
  return (
    <>
      <td className="end phone-figure">
        <Count value={count} />
      </td>
      <td className="figures text-12 text-dim sm:text-end">{shareText(count, records)}</td>
    </>
  )
}
