-- Made again at each start from db/lookup/*.csv.
DROP TABLE IF EXISTS asr_rule;
CREATE TABLE asr_rule (
  ID TEXT PRIMARY KEY,
  hash INTEGER NOT NULL,          -- of the ID, by which it is found in text
  ASR_Rule TEXT NOT NULL,
  short TEXT NOT NULL,
  standard INTEGER NOT NULL,
  warn_mode INTEGER NOT NULL,
  techniques TEXT NOT NULL
) STRICT, WITHOUT ROWID;

DROP TABLE IF EXISTS detection;
CREATE TABLE detection (
  id INTEGER PRIMARY KEY,
  view TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  type TEXT NOT NULL,
  risk_score INTEGER,             -- NULL: a hunting search raises no risk
  message TEXT NOT NULL,
  story TEXT NOT NULL,
  techniques TEXT NOT NULL        -- ids, blank between
) STRICT;

DROP TABLE IF EXISTS attack;
CREATE TABLE attack (
  technique TEXT NOT NULL,
  name TEXT NOT NULL,
  tactic TEXT NOT NULL,
  attack_version TEXT NOT NULL,
  PRIMARY KEY (technique, tactic)
) STRICT, WITHOUT ROWID;
