import { splitPath } from '#lib/format/path.ts'
import { Logged } from './logged.tsx'

/** A path in a table cell, end first: its folders are dim and give way in the middle, its file name never does. */
export function PathText({ path }: { path: string }) {
  const { head, parent, file } = splitPath(path)
  return (
    <span className="flex min-w-0 items-start font-mono text-12 leading-5">
      {head !== '' && (
        <span className="min-w-[2ch] shrink-[9999] truncate text-dim">
          <Logged text={head} />
        </span>
      )}
      {parent !== '' && (
        <span className="min-w-0 shrink-[99] truncate text-dim">
          <Logged text={parent} />
        </span>
      )}
      <span className="line-clamp-3 min-w-0 wrap-anywhere">
        <Logged text={file} />
      </span>
    </span>
  )
}
