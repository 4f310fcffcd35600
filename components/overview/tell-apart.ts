import type { FleetStack } from '#lib/model/rows.ts'
import { splitPath } from '#lib/text/path.ts'

/** The folder of a process if only that distinguishes a stack from another, and the folder of its path. */
export type Folders = { process: string; path: string }

const folderOf = (path: string): string => path.slice(0, path.length - splitPath(path).file.length)

/** How much of the folders, in complete names, is the same in all of them. */
function sameLength(folders: readonly string[]): number {
  const [first = '', ...others] = folders
  let end = 0
  while (end < first.length && others.every((other) => other[end] === first[end])) end++
  return Math.max(first.lastIndexOf('\\', end - 1), first.lastIndexOf('/', end - 1)) + 1
}

/** Folders without what they share, so that they begin with the difference. */
function differing(folders: readonly string[]): string[] {
  if (new Set(folders).size < 2) return [...folders]
  const same = sameLength(folders)
  return folders.map((folder) => (same > 3 ? `…\\${folder.slice(same)}` : folder))
}

type Row = Pick<FleetStack, 'ID' | 'Process_Name' | 'Path' | 'EventCode'>

/**
 * What is shown of the folders of each row. Rows with the same file names begin with the folder in which they differ; if they differ in
 * nothing else, with that of their processes.
 */
export function tellApart(rows: readonly Row[]): Folders[] {
  const shown = rows.map(({ Path }): Folders => ({ process: '', path: folderOf(Path) }))
  const names = ({ Process_Name, Path }: Row) => [splitPath(Process_Name).file, splitPath(Path).file]
  const put = (places: readonly number[], part: keyof Folders, texts: readonly string[]) =>
    places.forEach((place, index) => {
      const folders = shown[place]
      if (folders !== undefined) folders[part] = texts[index] ?? ''
    })
  const groups = (keyOf: (row: Row) => unknown) =>
    [...Map.groupBy(rows.keys(), (place) => JSON.stringify(keyOf(rows[place] as Row))).values()].filter(
      ({ length }) => length > 1,
    )
  for (const places of groups(names)) put(places, 'path', differing(places.map((place) => shown[place]?.path ?? '')))
  for (const places of groups((row) => [names(row), row.Path, row.ID, row.EventCode]))
    put(places, 'process', differing(places.map((place) => folderOf(rows[place]?.Process_Name ?? ''))))
  return shown
}
