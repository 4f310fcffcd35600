import { Count } from '#components/table/cells/count.tsx'
import { Logged } from '#components/table/cells/logged.tsx'
import { codes as ourCodes } from '#lib/asr/codes.ts'
import type { ComparedCode, ComparedVersion } from '#lib/model/compared.ts'
import { versionKinds } from '../continuity/words.ts'
import { otherMeaning } from '../other-meanings.ts'
import '#components/table/table.css'

type Row = { key: string; name: string; meaning: string; a: number | null; b: number | null }
type Props = { caption: string; name: string; meaning: string; noun: string; rows: Row[] }

function Counts({ caption, name, meaning, noun, rows }: Props) {
  return (
    <table className="rows max-w-[1000px]">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr>
          <th scope="col" className="w-56">
            {name}
          </th>
          <th scope="col">{meaning}</th>
          <th scope="col" className="end w-32">
            {noun} in A
          </th>
          <th scope="col" className="end w-32">
            {noun} in B
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key}>
            <td className="phone-title figures wrap-anywhere">
              <Logged text={row.name} />
            </td>
            <td className="phone-line" data-name={meaning}>
              {row.meaning}
            </td>
            {(['a', 'b'] as const).map((side) => (
              <td key={side} className="phone-line sm:text-end" data-name={`${noun} in ${side.toUpperCase()}`}>
                {row[side] === null ? <span className="text-12 text-dim">unknown</span> : <Count value={row[side]} />}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Records by code in each of two uploads. */
export const ComparedCodes = ({ codes }: { codes: ComparedCode[] }) => (
  <Counts
    caption="Codes in the two uploads"
    name="EventCode"
    meaning="Meaning"
    noun="records"
    rows={codes.map(({ code, a, b }) => {
      const meaning = ourCodes[Number(code)]?.meaning ?? otherMeaning(code)
      return { key: code, name: code, meaning, a, b }
    })}
  />
)

/** Events that name a version in each of two uploads. */
export const ComparedVersions = ({ versions }: { versions: ComparedVersion[] }) => (
  <Counts
    caption="Versions in the two uploads"
    name="version"
    meaning="Version of"
    noun="events"
    rows={versions.map(({ kind, version, a, b }) => ({
      key: `${kind} ${version}`,
      name: version,
      meaning: versionKinds[kind],
      a,
      b,
    }))}
  />
)
