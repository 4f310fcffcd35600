/** Endings of what Windows starts, or opens by a program that starts it. */
const program = /\.(?:exe|com|scr|pif|bat|cmd|ps1|vbs|vbe|js|jse|wsf|hta|msi|msc|cpl|tmp|dll)$/i
const startsWithPath = /^(?:[a-z]:[\\/]|\\|%\w{1,40}%\\)/i

/** What no path contains after its drive, and what begins an argument. */
const isArgument = (word: string): boolean => /^[-/]|["<>|*?]|:/.test(word)

/**
 * Returns the program of a command line without its quotes, as Windows finds it: what is quoted at the start; if that is an
 * unquoted path with blanks, the words up to the first that ends as a program does; else the first word.
 */
export function programOf(command: string): string {
  const text = command.trim()
  if (text.startsWith('"')) {
    const end = text.indexOf('"', 1)
    return text.slice(1, end === -1 ? undefined : end)
  }
  const firstEnd = text.indexOf(' ')
  if (firstEnd === -1) return text
  const first = text.slice(0, firstEnd)
  if (!startsWithPath.test(text) || program.test(first)) return first
  for (let start = firstEnd + 1; start < text.length; ) {
    const next = text.indexOf(' ', start)
    const end = next === -1 ? text.length : next
    const word = text.slice(start, end)
    if (isArgument(word)) return first
    if (program.test(word)) return text.slice(0, end)
    start = end + 1
  }
  return first
}
