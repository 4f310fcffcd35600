import { Logged } from './logged.tsx'

/** A command line or registry value in a table cell, on one line; the side panel has it whole. */
export function CommandText({ text }: { text: string }) {
  return (
    <span className="block truncate font-mono text-12 leading-5">
      <Logged text={text} />
    </span>
  )
}
