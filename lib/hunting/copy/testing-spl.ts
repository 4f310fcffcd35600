/** The strings of a search, as SPL reads them: a backslash takes the next character as it is. Everything else is in `rest`. */
export function splStrings(search: string): { strings: string[]; rest: string } {
  const strings: string[] = []
  const rest = search.replace(/"((?:[^"\\]|\\.)*)"/g, (_, inside: string) => {
    strings.push(inside.replace(/\\(.)/g, '$1'))
    return '""'
  })
  return { strings, rest }
}

/** What `match()` of Splunk (PCRE) finds with a regular expression of ours, which are complete and without regard to case. */
export function splMatches(regex: string, text: string): boolean {
  const [all, inside] = /^\(\?is\)\\A([\s\S]*)\\z$/.exec(regex) ?? []
  if (all === undefined) throw new Error(`Not one of our regular expressions: ${regex}`)
  return new RegExp(`^(?:${inside})$`, 'isv').test(text)
}
