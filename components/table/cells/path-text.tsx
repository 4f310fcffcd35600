import { splitPath } from '#lib/text/path.ts'
import { Logged } from './logged.tsx'

/**
 * A path on one line, end first: its folders are dim and give way, first those before the last one; its file name is cut
 * only if there is no room for it alone. The first part gives way completely before the next one does.
 */
export function PathText({ path }: { path: string }) {
  const { head, parent, file } = splitPath(path)
  return (
    <span className="flex min-w-0 font-mono text-12 leading-5 whitespace-pre">
      {head !== '' && (
        <span className="folders min-w-[2ch] shrink-[1000000000000] truncate text-dim">
          <Logged text={head} />
        </span>
      )}
      {parent !== '' && (
        <span className="folders min-w-[2ch] shrink-[1000000] truncate text-dim">
          <Logged text={parent} />
        </span>
      )}
      <span className="min-w-0 shrink truncate">
        <Logged text={file} />
      </span>
    </span>
  )
}
