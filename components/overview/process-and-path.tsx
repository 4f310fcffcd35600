import { PathCell } from '#components/table/cells/field-value.tsx'
import { Logged } from '#components/table/cells/logged.tsx'
import { Hint } from '#components/ui/hint.tsx'
import { splitPath } from '#lib/text/path.ts'
import { visibleText } from '#lib/text/visible.ts'

/** What did it to what, on one line: the process by its file name, its whole path on hover and focus, then the path end first. */
export function ProcessAndPath({ process, path }: { process: string; path: string }) {
  return (
    <span className="flex min-w-0 items-start gap-1.5">
      {process === 'NULL' ? (
        <PathCell value={process} />
      ) : (
        <Hint text={<span className="font-mono">{visibleText(process)}</span>}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the whole path shows on focus too. */}
          <span tabIndex={0} className="max-w-[50%] shrink-0 truncate font-mono text-12 leading-5">
            <Logged text={splitPath(process).file} />
          </span>
        </Hint>
      )}
      <span aria-hidden className="text-dim">
        →
      </span>
      <span className="min-w-0 flex-1">
        <PathCell value={path} />
      </span>
    </span>
  )
}
