-- What an undo removed, kept for some time so that it can be reversed.

CREATE TABLE removed_upload (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL,               -- of the upload, which has it again when it is restored
  name TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('removing', 'kept', 'restoring', 'dropping')),
  records INTEGER NOT NULL,
  stored INTEGER NOT NULL,        -- events that went
  bytes INTEGER NOT NULL,         -- of its parts
  version INTEGER NOT NULL,       -- of the schema: rows of another one are not restored
  next INTEGER,                   -- while it is restored, the part that is next
  removed_at INTEGER NOT NULL,
  removed_by TEXT NOT NULL
) STRICT;
CREATE INDEX removed_upload_of ON removed_upload (id, state);

-- Logs of an archive that had failed before it was undone.
CREATE TABLE removed_failure (
  removed INTEGER NOT NULL REFERENCES removed_upload (number),
  log TEXT NOT NULL,
  error TEXT,
  PRIMARY KEY (removed, log)
) STRICT, WITHOUT ROWID;

-- In the order in which it was removed, so that the reverse order restores it: the row of an upload before its events.
CREATE TABLE removed_part (
  seq INTEGER PRIMARY KEY,
  removed INTEGER NOT NULL REFERENCES removed_upload (number),
  log TEXT NOT NULL,              -- the id of the upload, or of the log of an archive, whose it is
  kind TEXT NOT NULL CHECK (kind IN ('events', 'rejects', 'upload')),
  frame BLOB,                     -- of events: their detail, which may have others too
  rows BLOB NOT NULL              -- zstd of JSON
) STRICT;
CREATE INDEX removed_part_of ON removed_part (removed, seq);
