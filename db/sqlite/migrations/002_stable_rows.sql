-- 0.2: row numbers that are never used twice, stacks with a stable key, uploads of two kinds, and a layout that stays
-- fast as it grows (docs/decisions/027-write-path.md). The migrator provides the function stack_key().

-- The next number of each table whose rows can be deleted. A number that was used once is never used again.
CREATE TABLE sequence (
  name TEXT PRIMARY KEY,
  next INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO sequence
  SELECT 'upload', coalesce(max(seq), 0) + 1 FROM upload UNION ALL
  SELECT 'dest', coalesce(max(id), 0) + 1 FROM dest UNION ALL
  SELECT 'detail', coalesce(max(id), 0) + 1 FROM detail UNION ALL
  SELECT 'event', coalesce(max(id), 0) + 1 FROM event UNION ALL
  SELECT 'stack', coalesce(max(id), 0) + 1 FROM stack UNION ALL
  SELECT 'fleet', coalesce(max(id), 0) + 1 FROM fleet;

-- What code computed from the stored fields, and by which version of that code. While the version `target` is applied,
-- `next_event` is the first event it has not reached.
CREATE TABLE derivation (
  name TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  target INTEGER NOT NULL DEFAULT 0,
  next_event INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
INSERT INTO derivation (name, version) VALUES ('fields', 1), ('changes', 1), ('stacks', 1);

CREATE TABLE upload_2 (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  parent INTEGER REFERENCES upload (seq),  -- the archive it came in
  kind TEXT NOT NULL CHECK (kind IN ('file', 'feed')),  -- a file is stored completely or not at all; each batch of a feed is final
  name TEXT NOT NULL,
  format TEXT,
  state TEXT NOT NULL CHECK (state IN ('queued', 'reading', 'done', 'failed', 'removing')),  -- removing with an error ends as failed, else the row is deleted
  tz TEXT NOT NULL,
  dest TEXT,                      -- the host of records that name none, if the sender gave one
  process TEXT NOT NULL,          -- the process that reads it, by number and start time
  bytes INTEGER,
  bytes_read INTEGER NOT NULL DEFAULT 0,
  records INTEGER NOT NULL DEFAULT 0,
  stored INTEGER NOT NULL DEFAULT 0,
  duplicates INTEGER NOT NULL DEFAULT 0,
  rejects INTEGER NOT NULL DEFAULT 0,
  unread INTEGER NOT NULL DEFAULT 0,  -- events whose message is in a language that is not parsed
  unlooked INTEGER NOT NULL DEFAULT 0,  -- records of hosts beyond those whose continuity is checked
  other_codes TEXT NOT NULL DEFAULT '{}',
  first_time INTEGER,
  last_time INTEGER,
  created_at INTEGER NOT NULL,
  finished_at INTEGER,
  error TEXT
) STRICT;
INSERT INTO upload_2
  SELECT seq, id, parent, 'file', name, format, state, tz, dest, process, bytes, bytes_read, records, stored, duplicates,
    rejects, unread, unlooked, other_codes, first_time, last_time, created_at, finished_at, error
  FROM upload;
DROP TABLE upload;
ALTER TABLE upload_2 RENAME TO upload;
CREATE INDEX upload_of_parent ON upload (parent);
CREATE INDEX upload_removing ON upload (parent IS NULL, seq) WHERE state = 'removing';

-- An event no longer references its upload: without an index on that column, deleting an upload scanned every event.
CREATE TABLE event_2 (
  id INTEGER PRIMARY KEY,
  upload INTEGER NOT NULL,        -- upload.seq
  dest_id INTEGER NOT NULL,
  EventCode INTEGER NOT NULL,
  time INTEGER NOT NULL,
  record_id INTEGER,
  hash BLOB,                      -- content of an event without EventRecordID
  ordinal INTEGER,                -- its place among equal events of its file
  rule_id INTEGER NOT NULL,
  process_id INTEGER NOT NULL,
  path_id INTEGER NOT NULL,
  parent_id INTEGER NOT NULL,
  target_id INTEGER NOT NULL,
  user_id INTEGER NOT NULL,
  old_id INTEGER NOT NULL,
  new_id INTEGER NOT NULL,
  stack_id INTEGER NOT NULL,      -- its row of ASR Rules Stacking
  audit_id INTEGER NOT NULL,      -- its row of ASR Audit Events, 0 if it has none
  detail_id INTEGER NOT NULL,
  slot INTEGER NOT NULL           -- its entry in the detail
) STRICT;
INSERT INTO event_2
  SELECT id, upload, dest_id, EventCode, time, record_id, hash, ordinal, rule_id, process_id, path_id, parent_id, target_id,
    user_id, old_id, new_id, stack_id, audit_id, detail_id, slot
  FROM event;

-- The rows of the configuration detections that a 5007 is counted in: one for each rule it changed.
CREATE TABLE event_change (
  event_id INTEGER NOT NULL,
  stack_id INTEGER NOT NULL,
  PRIMARY KEY (event_id, stack_id)
) STRICT, WITHOUT ROWID;
INSERT INTO event_change
  SELECT m.event_id, m.stack_id FROM stack s CROSS JOIN event_stack m ON m.stack_id = s.id WHERE s.detection IN (4, 5);
CREATE INDEX event_change_of_stack ON event_change (stack_id);
DROP TABLE event_stack;
DROP TABLE event;
ALTER TABLE event_2 RENAME TO event;

-- Identity of an event with an EventRecordID, which restarts when a log is cleared; and the events of a host by time.
CREATE UNIQUE INDEX event_identity ON event (dest_id, time / 1000, EventCode, record_id);
-- Identity of an event without EventRecordID: its content.
CREATE UNIQUE INDEX event_content ON event (hash, ordinal) WHERE record_id IS NULL;
CREATE INDEX event_by_time ON event (time);

-- Result rows of the detections. A row that two detections share has the number of the narrower one (db/lookup).
-- What identifies a row never changes, so it is kept apart from the totals, which change with every batch.
CREATE TABLE stack_2 (
  id INTEGER PRIMARY KEY,
  key BLOB NOT NULL,              -- 128 bits of SHA-256 over its by-fields (lib/asr/stack-key.ts)
  detection INTEGER NOT NULL,
  fleet_id INTEGER NOT NULL,      -- 0 if it is not of ASR Rules Stacking
  dest_id INTEGER NOT NULL,
  EventCode INTEGER NOT NULL,
  rule_id INTEGER NOT NULL,
  process_id INTEGER NOT NULL,
  path_id INTEGER NOT NULL,
  command_id INTEGER NOT NULL,    -- Parent_Commandline; in ASR Audit Events Target_Commandline
  old_id INTEGER NOT NULL,
  new_id INTEGER NOT NULL,
  old_state TEXT NOT NULL,        -- '' if there is none
  new_state TEXT NOT NULL,
  exclusion_id INTEGER NOT NULL DEFAULT 0,
  faithful INTEGER NOT NULL,      -- 0 in complete mode only, 1 in both modes, 2 in faithful mode only
  weakened INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO stack_2 (id, key, detection, fleet_id, dest_id, EventCode, rule_id, process_id, path_id, command_id, old_id,
    new_id, old_state, new_state, faithful)
  SELECT s.id, stack_key(s.detection, d.key, s.EventCode, rule.value, process.value, path.value, command.value, old.value,
      new.value, nullif(s.old_state, ''), nullif(s.new_state, '')),
    s.detection, s.fleet_id, s.dest_id, s.EventCode, s.rule_id, s.process_id, s.path_id, s.command_id, s.old_id, s.new_id,
    s.old_state, s.new_state, s.faithful
  FROM stack s
  LEFT JOIN dest d ON d.id = s.dest_id
  LEFT JOIN text rule ON rule.id = s.rule_id
  LEFT JOIN text process ON process.id = s.process_id
  LEFT JOIN text path ON path.id = s.path_id
  LEFT JOIN text command ON command.id = s.command_id
  LEFT JOIN text old ON old.id = s.old_id
  LEFT JOIN text new ON new.id = s.new_id;

-- By detection, so that a table is sorted and summed without its stacks and without those of other detections.
CREATE TABLE stack_total (
  detection INTEGER NOT NULL,
  id INTEGER NOT NULL,            -- stack.id
  faithful INTEGER NOT NULL,
  count INTEGER NOT NULL,
  first_time INTEGER NOT NULL,
  last_time INTEGER NOT NULL,
  PRIMARY KEY (detection, id)
) STRICT, WITHOUT ROWID;
INSERT INTO stack_total SELECT detection, id, faithful, count, first_time, last_time FROM stack ORDER BY 1, 2;

-- Sums over stack_total.
CREATE TABLE detection_total (
  detection INTEGER NOT NULL,
  faithful INTEGER NOT NULL,
  stacks INTEGER NOT NULL,
  events INTEGER NOT NULL,
  PRIMARY KEY (detection, faithful)
) STRICT, WITHOUT ROWID;
INSERT INTO detection_total SELECT detection, faithful, count(*), sum(count) FROM stack_total GROUP BY 1, 2;
DROP TABLE stack;
ALTER TABLE stack_2 RENAME TO stack;
CREATE INDEX stack_by_key ON stack (substr(key, 1, 6));
CREATE INDEX stack_of_dest ON stack (dest_id, fleet_id);

DROP TABLE fleet_dest;
-- Fleet rows whose time span may be too wide while an upload is being removed, and what is known of their new spans: the
-- stacks before `next_stack` were looked at, and events stored meanwhile were added.
CREATE TABLE stale_fleet (
  id INTEGER PRIMARY KEY,         -- fleet.id
  first_time INTEGER,
  last_time INTEGER,
  next_stack INTEGER NOT NULL DEFAULT 0
) STRICT;
