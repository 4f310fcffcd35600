/** Bytes of the frames of an upload, by its id, which an undo keeps: of what it keeps nearly all. */
export const undoSizeSql = `SELECT coalesce(sum(length(d.body)), 0) AS bytes FROM upload r
  JOIN upload u ON u.seq = r.seq OR u.parent = r.seq JOIN detail d ON d.upload = u.seq WHERE r.id = ?`
