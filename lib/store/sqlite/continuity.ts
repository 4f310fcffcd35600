import type { Continuity, DestContinuity } from '#lib/model/continuity.ts'
import type { Connection } from './database.ts'

/** Stores how complete a log is. To be called inside a transaction. */
export function openContinuityWriter(db: Connection) {
  const addDest = db.prepare(
    `INSERT INTO upload_continuity (upload, dest_key, dest, records, without_id, first_time, last_time, verdict, gaps, missing,
       silences, clears, clock_jumps, stretches, unlisted_versions)
     VALUES (:upload, :key, :dest, :records, :withoutId, :firstTime, :lastTime, :verdict, :gaps, :missing, :silences, :clears,
       :clockJumps, :stretchCount, :unlistedVersions)`,
  )
  const addStretch = db.prepare(
    `INSERT INTO upload_stretch (upload, dest_key, ord, after, missing, first_id, last_id, first_time, last_time)
     VALUES (:upload, :key, :ord, :after, :missing, :firstId, :lastId, :firstTime, :lastTime)`,
  )
  const addVersion = db.prepare(
    `INSERT INTO upload_version (upload, dest_key, kind, version, events, first_time, last_time)
     VALUES (:upload, :key, :kind, :version, :events, :firstTime, :lastTime)`,
  )
  const addUnchecked = db.prepare('UPDATE upload SET unchecked = unchecked + ? WHERE seq = ?')

  function addAll(upload: number, { stretches, versions, ...sums }: DestContinuity): void {
    const of = { upload, key: sums.dest.toLowerCase() }
    addDest.run({ ...of, ...sums })
    for (const [ord, stretch] of stretches.entries()) addStretch.run({ ...of, ord, ...stretch })
    for (const version of versions) addVersion.run({ ...of, ...version })
  }

  return (upload: number, { dests, unchecked }: Continuity): void => {
    for (const dest of dests) addAll(upload, dest)
    if (unchecked > 0) addUnchecked.run(unchecked, upload)
  }
}
