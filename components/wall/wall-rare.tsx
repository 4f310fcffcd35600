import { Logged } from '#components/table/cells/logged.tsx'
import type { WallData } from '#lib/model/rows.ts'
import { countOf } from '#lib/text/number.ts'
import { splitPath } from '#lib/text/path.ts'
import { withoutUser } from '#lib/text/redact.ts'
import { HostName } from './host-name.tsx'
import { Nothing } from './panel.tsx'

type Props = { stacks: WallData['rareStacks']; redact: boolean }

/** The stacks seen on the fewest hosts: what did it to what, where, and how often. */
export function WallRare({ stacks, redact }: Props) {
  if (stacks.length === 0) return <Nothing>No stack in these 7 days</Nothing>
  return (
    <ol className="wall-rows wall-rare">
      {stacks.map(({ ASR_Rule, Process_Name, Path, dests, dest, count, lastTime }) => (
        <li key={`${ASR_Rule} ${Process_Name} ${Path} ${lastTime}`}>
          <span className="wall-cut">
            <Logged text={splitPath(Process_Name).file} />
          </span>
          <WallPath path={Path} redact={redact} />
          {dest === null ? <span>{countOf(dests, 'host')}</span> : <HostName dest={dest} />}
          <span className="wall-change">{countOf(count, 'event')}</span>
        </li>
      ))}
    </ol>
  )
}

/** A path, end first: its folders are dim and give way, its file name does not. */
function WallPath({ path, redact }: { path: string; redact: boolean }) {
  const { head, parent, file } = splitPath(redact ? withoutUser(path) : path)
  return (
    <span className="wall-path">
      <span className="wall-cut wall-dim">
        <Logged text={head + parent} />
      </span>
      <span className="wall-file">
        <Logged text={file} />
      </span>
    </span>
  )
}
