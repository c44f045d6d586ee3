-- Links by which visitors talk to one twin. Of a token only a hash is kept, and of a passcode one
-- that is slow to guess.
CREATE TABLE shares (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    twin_id TEXT NOT NULL REFERENCES twins (id),
    name TEXT NOT NULL,
    prefix TEXT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    passcode_hash TEXT,
    expires_at REAL,
    max_questions INTEGER CHECK (max_questions > 0),
    questions INTEGER NOT NULL DEFAULT 0 CHECK (questions >= 0),
    created_at REAL NOT NULL,
    revoked_at REAL
);
CREATE INDEX shares_twin ON shares (twin_id);
