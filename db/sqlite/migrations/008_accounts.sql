-- Who may use the server, and what was done by whom. A secret is never here: of random ones there is the SHA-256, of passwords scrypt.

CREATE TABLE account (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  key TEXT NOT NULL UNIQUE,       -- the name as names are compared: without case
  role TEXT NOT NULL CHECK (role IN ('viewer', 'analyst', 'admin')),
  origin TEXT NOT NULL CHECK (origin IN ('local', 'oidc', 'proxy')),
  issuer TEXT,                    -- of origin 'oidc': it and `subject` are who it is, whatever the name
  subject TEXT,
  disabled INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  used_at INTEGER,
  CHECK ((origin = 'oidc') = (issuer IS NOT NULL AND subject IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX account_external ON account (issuer, subject) WHERE issuer IS NOT NULL;

-- What an account proves itself with. An account can have several passkeys.
CREATE TABLE credential (
  account TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('password', 'totp', 'passkey')),
  key TEXT NOT NULL,              -- of a passkey its id, else empty
  name TEXT NOT NULL,             -- of a passkey what its owner calls it, else empty
  secret TEXT NOT NULL,           -- the hash of a password; sealed, the secret of TOTP; the public key of a passkey
  counter INTEGER NOT NULL,       -- the newest step of TOTP that was used, the signature counter of a passkey
  created_at INTEGER NOT NULL,
  PRIMARY KEY (account, kind, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
  id TEXT PRIMARY KEY,            -- what lists name it by: it opens nothing
  hash TEXT NOT NULL UNIQUE,      -- SHA-256 of the token in the cookie, base64url
  account TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  method TEXT NOT NULL CHECK (method IN ('password', 'link', 'oidc', 'passkey')),
  address TEXT NOT NULL,
  agent TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  used_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_of_account ON session (account, used_at);

CREATE TABLE token (
  id TEXT PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  scope TEXT NOT NULL CHECK (scope IN ('read', 'upload', 'display')),
  made_by TEXT NOT NULL,          -- the name of whoever made it
  created_at INTEGER NOT NULL,
  expires_at INTEGER,             -- NULL: never
  used_at INTEGER
) STRICT, WITHOUT ROWID;

-- One-time links. Without an account: for the first administrator, as long as there is no account.
CREATE TABLE link (
  hash TEXT PRIMARY KEY,
  account TEXT UNIQUE REFERENCES account (id) ON DELETE CASCADE,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Attempts to sign in, for an account, an address, or both, in the window that began at `since`.
CREATE TABLE attempt (
  key TEXT PRIMARY KEY,           -- a keyed hash: people type passwords where the name belongs
  count INTEGER NOT NULL,
  since INTEGER NOT NULL,
  refused INTEGER NOT NULL        -- 1: one was refused, which is in the audit log once
) STRICT, WITHOUT ROWID;
CREATE INDEX attempt_since ON attempt (since);

-- Settings of the environment at the last start. Of secrets only whether they are set.
CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What was done, each row added in the transaction of what it records.
CREATE TABLE audit (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  actor_kind TEXT NOT NULL CHECK (actor_kind IN ('account', 'token', 'local', 'server', 'anonymous')),
  actor_id TEXT,
  actor_name TEXT NOT NULL,
  address TEXT,                   -- NULL: this machine, or the server itself
  request TEXT,                   -- the id that the server's log has too
  action TEXT NOT NULL,
  subject TEXT,                   -- the id of what it was done to
  before TEXT CHECK (before IS NULL OR json_valid(before)),
  after TEXT CHECK (after IS NULL OR json_valid(after))
) STRICT;
CREATE INDEX audit_at ON audit (at, seq);
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit BEGIN SELECT raise(ABORT, 'the audit log is only added to'); END;
CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit BEGIN SELECT raise(ABORT, 'the audit log is only added to'); END;
-- A row that is inserted in the place of another would change it without a DELETE.
CREATE TRIGGER audit_is_not_replaced BEFORE INSERT ON audit WHEN EXISTS (SELECT 1 FROM audit WHERE seq = new.seq)
BEGIN SELECT raise(ABORT, 'the audit log is only added to'); END;
