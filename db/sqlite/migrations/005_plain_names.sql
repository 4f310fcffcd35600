-- Plain names for two columns and a verdict (docs/api.md has the new ones).
ALTER TABLE upload RENAME COLUMN unread TO unparsed;
ALTER TABLE upload RENAME COLUMN unlooked TO unchecked;

-- How complete a log is for each host in it: from all records of Defender's channel, also of codes that are not stored.
-- The host is named as in the log and found by its lower case. It has no row in dest if none of its events is stored.
CREATE TABLE upload_continuity_2 (
  upload INTEGER NOT NULL REFERENCES upload (seq) ON DELETE CASCADE,
  dest_key TEXT NOT NULL,
  dest TEXT NOT NULL,
  records INTEGER NOT NULL,
  without_id INTEGER NOT NULL,
  first_time INTEGER,
  last_time INTEGER,
  verdict TEXT NOT NULL CHECK (verdict IN ('unbroken', 'query', 'no-ids', 'scattered')),
  gaps INTEGER NOT NULL,
  missing INTEGER NOT NULL,
  silences INTEGER NOT NULL,
  clears INTEGER NOT NULL,
  clock_jumps INTEGER NOT NULL,
  stretches INTEGER NOT NULL,     -- how many there are; upload_stretch may have fewer
  unlisted_versions INTEGER NOT NULL,
  PRIMARY KEY (upload, dest_key)
) STRICT, WITHOUT ROWID;
INSERT INTO upload_continuity_2
  SELECT upload, dest_key, dest, records, without_id, first_time, last_time, iif(verdict = 'whole', 'unbroken', verdict), gaps,
    missing, silences, clears, clock_jumps, stretches, unlisted_versions
  FROM upload_continuity;
DROP TABLE upload_continuity;
ALTER TABLE upload_continuity_2 RENAME TO upload_continuity;
