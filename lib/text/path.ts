/** A path with its end first: what may give way on screen, and what never does. */
export type PathParts = {
  /** Folders that give way first. */
  head: string
  /** The last folder with its separators, kept as long as there is room. */
  parent: string
  /** The file name: never cut. */
  file: string
}

/** Splits a path at its separators, `\` or `/`. The parts joined give the path back, whatever it is. */
export function splitPath(path: string): PathParts {
  const end = lastSeparator(path, path.length - 1)
  // A separator at the very end belongs to the name: `C:\Temp\` is a folder called Temp.
  const cut = end === path.length - 1 ? lastSeparator(path, end - 1) : end
  if (cut === -1) return { head: '', parent: '', file: path }
  const folder = lastSeparator(path, cut - 1)
  return { head: path.slice(0, folder + 1), parent: path.slice(folder + 1, cut + 1), file: path.slice(cut + 1) }
}

const lastSeparator = (text: string, from: number): number =>
  from < 0 ? -1 : Math.max(text.lastIndexOf('\\', from), text.lastIndexOf('/', from))
