import type { UploadKind, UploadState } from '#lib/model/upload.ts'
import type { Connection } from './database.ts'

/** An upload has events that were stored from another upload only, which failed or was undone before this one ended. */
export class OverlapGone extends Error {
  override name = 'OverlapGone'
  code = 'OVERLAP_GONE'
  constructor(other: string | null) {
    super(
      `Some of its events were stored already, from ${other ?? 'another upload'}, which has since failed or been undone. Nothing of it was kept. Upload it again.`,
    )
  }
}

/** The upload whose end decides about an event: that of its archive, if it was in one. */
type Owner = { seq: number; id: string; name: string; kind: UploadKind; state: UploadState; part: UploadState }

/** What an upload waits for before it can end, and whether a part of what it counted as duplicates is gone. */
export type Overlap = { open: Pick<Owner, 'id' | 'name'>[]; gone: boolean; goneName: string | null }

/**
 * Remembers which uploads own the events that an upload counted as duplicates. Until these have ended, its own end would
 * acknowledge events that can still be removed.
 */
export function openOverlaps(db: Connection) {
  const owners = new Map<number, Set<number>>()
  const find = db.prepare<[number], Owner>(
    `SELECT r.seq, r.id, r.name, r.kind, r.state, u.state AS part FROM upload u JOIN upload r ON r.seq = coalesce(u.parent, u.seq)
     WHERE u.seq = ?`,
  )
  // A feed that fails keeps what it stored: each of its batches is final.
  const isGone = ({ kind, state, part }: Owner): boolean =>
    [state, part].some((each) => each === 'removing' || (each === 'failed' && kind === 'file'))
  return {
    /** The row numbers of the owners known for an upload, to add to. An archive has one set with its logs. */
    ownersOf: (seq: number): Set<number> => {
      const known = owners.get(seq) ?? new Set()
      owners.set(seq, known)
      return known
    },
    of: (seq: number): Overlap => {
      const overlap: Overlap = { open: [], gone: false, goneName: null }
      const open = new Map<number, Owner>()
      for (const each of owners.get(seq) ?? []) {
        const owner = find.get(each)
        if (owner?.seq === seq) continue
        if (owner === undefined || isGone(owner)) {
          overlap.gone = true
          overlap.goneName ??= owner?.name ?? null
        } else if (owner.kind === 'file' && owner.state !== 'done') open.set(owner.seq, owner)
      }
      overlap.open = [...open.values()]
      return overlap
    },
    forget: (seq: number): void => void owners.delete(seq),
  }
}
