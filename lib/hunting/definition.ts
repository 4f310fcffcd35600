import { detectionTable } from '#db/lookup/detections.ts'

/** Fields that stacks can be formed by, in the order in which they are offered. */
export const stackColumns = [
  'dest',
  'ID',
  'EventCode',
  'mode',
  'feature',
  'Process_Name',
  'Path',
  'Parent_Commandline',
  'Target_Commandline',
  'User',
  'Signature_Version',
  'Engine_Version',
  'group',
  'upload',
] as const
export type StackColumn = (typeof stackColumns)[number]

/** Steps of the detail ladder, from the most exact: each merges what the one before keeps apart. */
export const steps = ['exact', 'normalised', 'folder', 'name'] as const
export type Step = (typeof steps)[number]

/** Columns with a detail ladder, and what their texts are. */
export const ladders = {
  Process_Name: 'path',
  Path: 'path',
  Parent_Commandline: 'command',
  Target_Commandline: 'command',
} as const satisfies Partial<Record<StackColumn, 'path' | 'command'>>
export type LadderColumn = keyof typeof ladders

/** One field of a stack, with the step of its ladder. A column without a ladder is always exact. */
export type By = { column: StackColumn; step: Step }

export const hasLadder = (column: StackColumn): column is LadderColumn => Object.hasOwn(ladders, column)

const exactly = (...columns: StackColumn[]): By[] => columns.map((column) => ({ column, step: 'exact' }))

/** Fields whose paths and command lines are normalised, so that one variant a user or version is not a stack of its own. */
const normalised = (...columns: StackColumn[]): By[] =>
  columns.map((column) => ({ column, step: hasLadder(column) ? 'normalised' : 'exact' }))

/** A choice of fields that is offered by name, and the EventCodes that it is about; null means all. */
export type Preset = { key: string; name: string; by: readonly By[]; codes: readonly number[] | null }

/**
 * What hunters stack by, the one that a hunt begins with first (decision 043), then the detections that group events: their by-fields in their order, so that stacks have the keys of
 * their rows. The two configuration detections group changes, of which one event can have several: they have only their own pages.
 */
export const presets: readonly Preset[] = [
  { key: 'rule-process', name: 'Rule × process', by: normalised('ID', 'Process_Name'), codes: null },
  {
    key: 'rule-process-path',
    name: 'Rule × process × path',
    by: normalised('ID', 'Process_Name', 'Path'),
    codes: null,
  },
  { key: 'process-path', name: 'Process × path', by: normalised('Process_Name', 'Path'), codes: null },
  { key: 'parent-child', name: 'Parent × child', by: normalised('Parent_Commandline', 'Process_Name'), codes: null },
  { key: 'user-process', name: 'User × process', by: normalised('User', 'Process_Name'), codes: null },
  ...detectionTable.flatMap(({ key, title, by, codes }) => {
    const columns = by.map((field) => stackColumns.find((column) => column === field))
    return columns.every((column) => column !== undefined) ? [{ key, name: title, by: exactly(...columns), codes }] : []
  }),
]

/** The fields of stacks if a link names none. */
export const defaultBy: readonly By[] = presets[0]?.by ?? []

/** Stacks by newness: without events before; with a host that had none before; without events since. */
export const newnesses = ['new', 'new-on-host', 'gone'] as const
export type Newness = (typeof newnesses)[number]
