import { Logged } from './logged.tsx'
import { NullValue } from './null-value.tsx'
import { PathText } from './path-text.tsx'

const isNull = (value: string | null | undefined): value is null | undefined | 'NULL' =>
  value === null || value === undefined || value === 'NULL'

/** A logged path, or NULL. */
export function PathCell({ value }: { value: string | null | undefined }) {
  return isNull(value) ? <NullValue /> : <PathText path={value} />
}

/** A logged command line, user or registry value on one line, or NULL; the side panel has all of it. */
export function TextCell({ value }: { value: string | null | undefined }) {
  return isNull(value) ? (
    <NullValue />
  ) : (
    <span className="block truncate font-mono text-12 leading-5">
      <Logged text={value} />
    </span>
  )
}
