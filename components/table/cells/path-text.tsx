import { splitPath } from '#lib/text/path.ts'
import { Logged } from './logged.tsx'

/**
 * A path in a table cell, end first: its folders are dim and give way in the middle, its file name never does. The last
 * folder stands whole or not at all: where there is no room it wraps to a second line, which is cut off.
 */
export function PathText({ path }: { path: string }) {
  const { head, parent, file } = splitPath(path)
  return (
    <span className="flex min-w-0 items-start font-mono text-12 leading-5">
      {parent !== '' && <Folders head={head} parent={parent} />}
      <span className="line-clamp-3 max-w-[calc(100%-2ch)] shrink-0 wrap-anywhere">
        <Logged text={file} />
      </span>
    </span>
  )
}

function Folders({ head, parent }: { head: string; parent: string }) {
  if (head.length <= 3) {
    return (
      <span className="min-w-[2ch] shrink-[9999] truncate text-dim">
        <Logged text={head + parent} />
      </span>
    )
  }
  return (
    <span className="flex h-5 min-w-[2ch] shrink-[9999] flex-wrap overflow-hidden text-dim">
      <span className="flex min-w-0 flex-[1_1_2ch]">
        <span className="truncate">
          <Logged text={head} />
        </span>
        {/* Fills the room of a last folder that went to the second line, and says that something is missing there. */}
        <span className="relative flex-1 overflow-hidden after:absolute after:content-['…']" />
      </span>
      <span className="flex-none whitespace-nowrap">
        <Logged text={parent} />
      </span>
    </span>
  )
}
