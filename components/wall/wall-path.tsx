import { Logged } from '#components/table/cells/logged.tsx'
import { splitPath } from '#lib/text/path.ts'
import { withoutUser } from './redact.ts'

/** A path, end first: its folders are dim and give way, its file name does not. */
export function WallPath({ path, redact }: { path: string; redact: boolean }) {
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
