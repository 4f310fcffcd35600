-- Ranges of event numbers in which stored events were changed or deleted, in the order of that. Who keeps columns of events in memory
-- reads these again (docs/decisions/042-stacks-in-columns.md); of new events the numbers say that they are new.
CREATE TABLE touched_events (
  number INTEGER PRIMARY KEY,
  first_event INTEGER NOT NULL,
  last_event INTEGER NOT NULL
) STRICT;

-- Versions of the signatures and the engine that an event names, as texts of the dictionary.
ALTER TABLE event ADD COLUMN signature_id INTEGER NOT NULL DEFAULT 0;
ALTER TABLE event ADD COLUMN engine_id INTEGER NOT NULL DEFAULT 0;
