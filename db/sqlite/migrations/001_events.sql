-- Events, dictionary-encoded: a text is kept once and named by its number; number 0 means "not logged".
-- Times are milliseconds since 1970 UTC, hours are hours since 1970 UTC.

CREATE TABLE upload (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  parent INTEGER REFERENCES upload (seq),  -- the archive it came in
  name TEXT NOT NULL,
  format TEXT,
  state TEXT NOT NULL CHECK (state IN ('queued', 'reading', 'done', 'failed')),
  tz TEXT NOT NULL,
  dest TEXT,                      -- the host of records that name none, where the sender said which
  process TEXT NOT NULL,          -- the process that reads it, by number and beginning: what a dead one left is failed, not reading
  bytes INTEGER,
  bytes_read INTEGER NOT NULL DEFAULT 0,
  records INTEGER NOT NULL DEFAULT 0,
  stored INTEGER NOT NULL DEFAULT 0,
  duplicates INTEGER NOT NULL DEFAULT 0,
  rejects INTEGER NOT NULL DEFAULT 0,
  unread INTEGER NOT NULL DEFAULT 0,  -- events whose message is in a language that is not read
  unlooked INTEGER NOT NULL DEFAULT 0,  -- records of dests beyond those whose continuity is looked at
  other_codes TEXT NOT NULL DEFAULT '{}',
  first_time INTEGER,
  last_time INTEGER,
  created_at INTEGER NOT NULL,
  finished_at INTEGER,
  error TEXT
) STRICT;

CREATE INDEX upload_of_parent ON upload (parent);

-- What an upload holds of each dest, duplicates included.
CREATE TABLE upload_dest (
  upload INTEGER NOT NULL REFERENCES upload (seq) ON DELETE CASCADE,
  dest_id INTEGER NOT NULL,
  events INTEGER NOT NULL,
  first_time INTEGER NOT NULL,
  last_time INTEGER NOT NULL,
  PRIMARY KEY (upload, dest_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX upload_dest_of_dest ON upload_dest (dest_id);

-- How whole a log is for each dest in it, told from all records of Defender's channel, of codes that are not kept too.
-- A dest is named as in the log and found by its lower case: it may have no event that is kept, and so no row in dest.
CREATE TABLE upload_continuity (
  upload INTEGER NOT NULL REFERENCES upload (seq) ON DELETE CASCADE,
  dest_key TEXT NOT NULL,
  dest TEXT NOT NULL,
  records INTEGER NOT NULL,
  without_id INTEGER NOT NULL,
  first_time INTEGER,
  last_time INTEGER,
  verdict TEXT NOT NULL CHECK (verdict IN ('whole', 'query', 'no-ids', 'scattered')),
  gaps INTEGER NOT NULL,
  missing INTEGER NOT NULL,
  silences INTEGER NOT NULL,
  clears INTEGER NOT NULL,
  clock_jumps INTEGER NOT NULL,
  stretches INTEGER NOT NULL,     -- how many there are; upload_stretch may keep fewer
  unlisted_versions INTEGER NOT NULL,
  PRIMARY KEY (upload, dest_key)
) STRICT, WITHOUT ROWID;

-- EventRecordIDs without a break, in the order in which they were logged, and what lies before each.
CREATE TABLE upload_stretch (
  upload INTEGER NOT NULL REFERENCES upload (seq) ON DELETE CASCADE,
  dest_key TEXT NOT NULL,
  ord INTEGER NOT NULL,
  after TEXT CHECK (after IN ('missing', 'silence', 'cleared', 'clock')),
  missing INTEGER NOT NULL,
  first_id INTEGER NOT NULL,
  last_id INTEGER NOT NULL,
  first_time INTEGER NOT NULL,
  last_time INTEGER NOT NULL,
  PRIMARY KEY (upload, dest_key, ord)
) STRICT, WITHOUT ROWID;

-- Versions of signatures, engine and platform that the kept events of a dest name.
CREATE TABLE upload_version (
  upload INTEGER NOT NULL REFERENCES upload (seq) ON DELETE CASCADE,
  dest_key TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('signature', 'engine', 'platform')),
  version TEXT NOT NULL,
  events INTEGER NOT NULL,
  first_time INTEGER NOT NULL,
  last_time INTEGER NOT NULL,
  PRIMARY KEY (upload, kind, version, dest_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE reject (
  upload INTEGER NOT NULL REFERENCES upload (seq) ON DELETE CASCADE,
  record INTEGER NOT NULL,
  line INTEGER,
  offset INTEGER NOT NULL,
  reason TEXT NOT NULL,
  detail TEXT NOT NULL,
  snippet TEXT NOT NULL
) STRICT;
CREATE INDEX reject_of_upload ON reject (upload, record);

CREATE TABLE dest (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,             -- the spelling first seen
  key TEXT NOT NULL UNIQUE        -- its lower case
) STRICT;

-- A text is found by a hash of it, which takes a tenth of the room that an index of whole texts would.
CREATE TABLE text (
  id INTEGER PRIMARY KEY,
  hash INTEGER NOT NULL,
  value TEXT NOT NULL
) STRICT;
CREATE INDEX text_by_hash ON text (hash);

-- Every field of a batch of events as logged: a zstd frame of JSON, one entry an event.
CREATE TABLE detail (
  id INTEGER PRIMARY KEY,
  upload INTEGER NOT NULL REFERENCES upload (seq),
  first_event INTEGER NOT NULL,   -- its events have the numbers from first_event to last_event
  last_event INTEGER NOT NULL,
  body BLOB NOT NULL
) STRICT;
CREATE INDEX detail_of_upload ON detail (upload);

CREATE TABLE event (
  id INTEGER PRIMARY KEY,
  upload INTEGER NOT NULL REFERENCES upload (seq),
  dest_id INTEGER NOT NULL,
  EventCode INTEGER NOT NULL,
  time INTEGER NOT NULL,
  record_id INTEGER,
  hash BLOB,                      -- content of an event without EventRecordID
  ordinal INTEGER,                -- its place among equals in its file
  rule_id INTEGER NOT NULL,
  process_id INTEGER NOT NULL,
  path_id INTEGER NOT NULL,
  parent_id INTEGER NOT NULL,
  target_id INTEGER NOT NULL,
  user_id INTEGER NOT NULL,
  old_id INTEGER NOT NULL,
  new_id INTEGER NOT NULL,
  stack_id INTEGER NOT NULL,      -- its row in ASR Rules Stacking
  audit_id INTEGER NOT NULL,      -- its row in ASR Audit Events, 0 where it has none
  detail_id INTEGER NOT NULL,
  slot INTEGER NOT NULL           -- its entry in the detail
) STRICT;
-- Identity. EventRecordID restarts when a log is cleared, so time is part of the key; where it is NULL, content counts instead.
CREATE UNIQUE INDEX event_identity ON event (dest_id, record_id, EventCode, time / 1000);
CREATE UNIQUE INDEX event_content ON event (hash, ordinal) WHERE record_id IS NULL;
CREATE INDEX event_by_time ON event (time);

-- A stack over the whole fleet: one process and target under one rule, whatever the dest.
CREATE TABLE fleet (
  id INTEGER PRIMARY KEY,
  EventCode INTEGER NOT NULL,
  rule_id INTEGER NOT NULL,
  process_id INTEGER NOT NULL,
  path_id INTEGER NOT NULL,
  dests INTEGER NOT NULL DEFAULT 0,
  count INTEGER NOT NULL DEFAULT 0,
  first_time INTEGER NOT NULL,
  last_time INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX fleet_identity ON fleet (process_id, path_id, rule_id, EventCode);

CREATE TABLE fleet_dest (
  fleet_id INTEGER NOT NULL,
  dest_id INTEGER NOT NULL,
  stacks INTEGER NOT NULL,        -- its stacks on this dest: with the last of them the dest leaves
  PRIMARY KEY (fleet_id, dest_id)
) STRICT, WITHOUT ROWID;

-- Result rows of the detections, each with its running totals. A row that two detections share bears the narrower one's
-- number (db/lookup/detections.csv): ASR Rules Stacking is 1 and 3, ASR Registry Modification is 4 and 5.
CREATE TABLE stack (
  id INTEGER PRIMARY KEY,
  detection INTEGER NOT NULL,
  fleet_id INTEGER NOT NULL,      -- 0 where it is not of ASR Rules Stacking
  dest_id INTEGER NOT NULL,
  key INTEGER NOT NULL,           -- hash of all that it is identified by
  EventCode INTEGER NOT NULL,
  rule_id INTEGER NOT NULL,
  process_id INTEGER NOT NULL,
  path_id INTEGER NOT NULL,
  command_id INTEGER NOT NULL,    -- Parent_Commandline, or in ASR Audit Events Target_Commandline
  old_id INTEGER NOT NULL,
  new_id INTEGER NOT NULL,
  old_state TEXT NOT NULL,        -- '' where there is none
  new_state TEXT NOT NULL,
  faithful INTEGER NOT NULL,      -- Splunk's grouping would show it
  count INTEGER NOT NULL DEFAULT 0,
  first_time INTEGER NOT NULL,
  last_time INTEGER NOT NULL
) STRICT;
CREATE INDEX stack_of_dest ON stack (dest_id, key);
CREATE INDEX stack_by_count ON stack (detection, count, faithful);

-- The events of each stack. A configuration change is in a stack for each rule it changes, too.
CREATE TABLE event_stack (
  stack_id INTEGER NOT NULL,
  time INTEGER NOT NULL,
  event_id INTEGER NOT NULL,
  PRIMARY KEY (stack_id, time, event_id)
) STRICT, WITHOUT ROWID;

-- The hour rollup, by day and dest: a few dests are read without the others. What repeats the stack is counted by in one pass.
CREATE TABLE stack_hour (
  detection INTEGER NOT NULL,
  day INTEGER NOT NULL,           -- days since 1970 UTC
  dest_id INTEGER NOT NULL,
  hour INTEGER NOT NULL,
  stack_id INTEGER NOT NULL,
  EventCode INTEGER NOT NULL,
  rule_id INTEGER NOT NULL,
  faithful INTEGER NOT NULL,
  count INTEGER NOT NULL,
  first_time INTEGER NOT NULL,
  last_time INTEGER NOT NULL,
  PRIMARY KEY (detection, day, dest_id, hour, stack_id)
) STRICT, WITHOUT ROWID;

-- Risk events by UTC day: stack_hour rows of the detections that raise risk, counted.
CREATE TABLE dest_day (
  detection INTEGER NOT NULL,
  day INTEGER NOT NULL,           -- days since 1970 UTC
  dest_id INTEGER NOT NULL,
  events INTEGER NOT NULL,
  PRIMARY KEY (detection, day, dest_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE hour_rule (
  hour INTEGER NOT NULL,
  EventCode INTEGER NOT NULL,
  rule_id INTEGER NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (hour, EventCode, rule_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE dest_rule (
  dest_id INTEGER NOT NULL,
  EventCode INTEGER NOT NULL,
  rule_id INTEGER NOT NULL,
  count INTEGER NOT NULL,
  first_time INTEGER NOT NULL,
  last_time INTEGER NOT NULL,
  PRIMARY KEY (dest_id, EventCode, rule_id)
) STRICT, WITHOUT ROWID;
