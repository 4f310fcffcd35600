import { CopyButton } from '#components/ui/copy-button.tsx'

const channel = '"Microsoft-Windows-Windows Defender/Operational"'
const commands = [
  {
    line: `wevtutil epl ${channel} defender.evtx`,
    says: 'The complete Defender log of a Windows computer as EVTX. Run it in an elevated prompt.',
    name: 'the wevtutil epl line',
  },
  {
    line: `wevtutil qe ${channel} /f:xml > defender.xml`,
    says: 'The same as XML events.',
    name: 'the wevtutil qe line',
  },
]

/** How to get a log from a Windows computer: the lines to copy. */
export function Commands() {
  return (
    <ul className="flex flex-col gap-3">
      {commands.map(({ line, says, name }) => (
        <li key={line}>
          <div className="flex items-center justify-between gap-2 rounded border border-line bg-sunken py-0.5 pr-0.5 pl-3">
            <code className="min-w-0 py-1 text-12 wrap-anywhere">{line}</code>
            <CopyButton text={line} name={name} />
          </div>
          <p className="mt-1 text-12 text-dim">{says}</p>
        </li>
      ))}
    </ul>
  )
}
