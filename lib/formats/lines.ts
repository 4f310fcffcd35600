/**
 * A line without the carriage returns at its end: Windows leaves one, and forwarders several. (A regular expression, `\r+$`,
 * would look at a long run of them from each of its characters.)
 */
export function withoutReturns(line: string): string {
  let end = line.length
  while (line.charCodeAt(end - 1) === 0x0d) end--
  return end === line.length ? line : line.slice(0, end)
}

/** The lines of a text, whatever ends them; line ends at the end of the text begin no line. */
export function linesOf(text: string): string[] {
  let end = text.length
  while (text.charCodeAt(end - 1) === 0x0d || text.charCodeAt(end - 1) === 0x0a) end--
  return text.slice(0, end).split('\n').map(withoutReturns)
}
