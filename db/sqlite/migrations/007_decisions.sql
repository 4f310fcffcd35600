-- What people decide: dispositions and host groups. Nothing here is derived from events, and an undone upload changes none of it.

CREATE TABLE decision (
  id TEXT PRIMARY KEY,            -- stable key, the same in an exported and imported list
  place INTEGER NOT NULL UNIQUE,  -- of several decisions that fit an event, the one with the highest place counts
  disposition TEXT NOT NULL,
  patterns TEXT NOT NULL CHECK (json_valid(patterns)),
  scope TEXT CHECK (scope IS NULL OR json_valid(scope)),  -- hosts and groups; NULL: every host
  reason TEXT NOT NULL,
  author TEXT NOT NULL,
  signed INTEGER NOT NULL,        -- 0: the author is what the browser said
  created_at INTEGER NOT NULL,
  expires_at INTEGER              -- from then on it does not apply
) STRICT, WITHOUT ROWID;

-- Every step is added and none is ever changed. `before` and `after` are the decision as JSON; NULL: there was or is none.
CREATE TABLE decision_history (
  seq INTEGER PRIMARY KEY,
  decision TEXT NOT NULL,
  action TEXT NOT NULL CHECK (action IN ('created', 'changed', 'deleted', 'undone', 'imported')),
  before TEXT CHECK (before IS NULL OR json_valid(before)),
  after TEXT CHECK (after IS NULL OR json_valid(after)),
  undoes INTEGER,                 -- seq of the step that was undone
  author TEXT NOT NULL,
  signed INTEGER NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX decision_history_of ON decision_history (decision, seq);

CREATE TABLE host_group (
  name TEXT PRIMARY KEY COLLATE NOCASE,
  place INTEGER NOT NULL,         -- a host is of the first group that fits
  patterns TEXT NOT NULL CHECK (json_valid(patterns))
) STRICT, WITHOUT ROWID;

-- The complete list before and after each change.
CREATE TABLE host_group_history (
  seq INTEGER PRIMARY KEY,
  before TEXT NOT NULL CHECK (json_valid(before)),
  after TEXT NOT NULL CHECK (json_valid(after)),
  author TEXT NOT NULL,
  signed INTEGER NOT NULL,
  at INTEGER NOT NULL
) STRICT;
