-- Events that an upload has taken over from one that had not ended: which frames of others have them. event.upload says whose
-- an event is; a frame stays with all its events (docs/decisions/032-overlapping-uploads.md).
CREATE TABLE adopted (
  upload INTEGER NOT NULL,        -- upload.seq
  detail_id INTEGER NOT NULL,
  PRIMARY KEY (upload, detail_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX adopted_detail ON adopted (detail_id);
