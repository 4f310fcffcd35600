import type { LoggedField } from '#lib/asr/event.ts'

/** A label with its value: ` <TAB>Path: C:\…`. A colon without a blank after it, as in a path, makes no label. */
const labelLine = /^([ \t]*)([^\s:][^:]{0,63}):(?: |\t+|$)([\s\S]*)$/

/** The indent of the labels: a blank and a tab in most messages, a tab in some; null if no label has a tab before it. */
function labelIndent(lines: readonly string[]): string | null {
  for (const line of lines) {
    const indent = labelLine.exec(line)?.[1]
    if (indent?.includes('\t')) return indent
  }
  return null
}

/**
 * The fields of a rendered message: its first sentences under the name `Message`, then every label as logged.
 * A line that is not a label belongs to the value before it, so a command line may run over several lines; if the labels
 * are indented, so must every label be.
 */
export function messageFields(lines: readonly string[]): LoggedField[] {
  const text: LoggedField = ['Message', lines[0] ?? '']
  const fields = [text]
  const indent = labelIndent(lines.slice(1))
  let last = text
  for (const line of lines.slice(1)) {
    const label = labelLine.exec(line)
    if (label && (indent === null || label[1] === indent)) {
      last = [(label[2] as string).trimEnd(), label[3] as string]
      fields.push(last)
    } else last[1] += `\n${line}`
  }
  return fields
}
