-- `twins` keeps the ids of deleted twins: a key for one of them must not become one for all.
CREATE TABLE api_keys (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('publishable', 'secret')),
    hash TEXT NOT NULL UNIQUE,
    prefix TEXT NOT NULL,
    last_four TEXT NOT NULL,
    scopes TEXT NOT NULL,
    twins TEXT NOT NULL,
    origins TEXT NOT NULL,
    requests_per_minute INTEGER,
    expires_at REAL,
    created_at REAL NOT NULL,
    last_used_at REAL,
    revoked_at REAL,
    replaced_by TEXT
);
CREATE INDEX api_keys_newest ON api_keys (tenant_id, key);

CREATE TABLE audit_log (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    at REAL NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    details TEXT NOT NULL
);
CREATE INDEX audit_log_newest ON audit_log (tenant_id, key);

-- Entries go with their tenant, which notes first when it began to go.
ALTER TABLE tenants ADD COLUMN leaving_at REAL;
CREATE TRIGGER audit_log_is_not_changed BEFORE UPDATE ON audit_log
BEGIN
    SELECT raise(ABORT, 'the audit log is not changed');
END;
CREATE TRIGGER audit_log_is_not_deleted BEFORE DELETE ON audit_log
WHEN (SELECT leaving_at FROM tenants WHERE id = OLD.tenant_id) IS NULL
BEGIN
    SELECT raise(ABORT, 'the audit log is not deleted');
END;
