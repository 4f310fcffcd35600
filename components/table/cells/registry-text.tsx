import { splitPath } from '#lib/text/path.ts'
import { Logged } from './logged.tsx'
import { NullValue } from './null-value.tsx'

/** A registry value or an excluded path on one line: what comes before its last part is shortened first. */
export function RegistryText({ value }: { value: string | null | undefined }) {
  if (value === null || value === undefined || value === 'NULL') return <NullValue />
  const { head, parent, file } = splitPath(value)
  return (
    <span className="flex min-w-0 font-mono text-12 leading-5">
      {parent !== '' && (
        <span className="min-w-[2ch] shrink-[9999] truncate text-dim">
          <Logged text={head + parent} />
        </span>
      )}
      <span className="min-w-0 truncate">
        <Logged text={file} />
      </span>
    </span>
  )
}
