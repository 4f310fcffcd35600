-- Passkeys: which name of the server each is for, when it was last used, and whose it is: no two accounts have the same one.
ALTER TABLE credential ADD COLUMN host TEXT;
ALTER TABLE credential ADD COLUMN used_at INTEGER;
CREATE UNIQUE INDEX credential_passkey ON credential (key) WHERE kind = 'passkey';

-- Challenges that were answered, until they expire: none is accepted twice, also not after a restart.
CREATE TABLE spent_challenge (
  hash TEXT PRIMARY KEY,          -- SHA-256, base64url
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX spent_challenge_expires ON spent_challenge (expires_at);
