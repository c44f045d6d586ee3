CREATE TABLE watches (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    twin_id TEXT NOT NULL REFERENCES twins (id),
    path TEXT NOT NULL,
    include TEXT NOT NULL,
    exclude TEXT NOT NULL,
    root TEXT,
    last_event_at REAL,
    created_at REAL NOT NULL,
    UNIQUE (twin_id, path)
);

-- What was taken from a watched folder. `source_id` may name a source that its owner deleted:
-- the file then stays away until it changes. Inode and device numbers can exceed 63 bits.
CREATE TABLE watched_files (
    watch_id TEXT NOT NULL REFERENCES watches (id),
    folder TEXT NOT NULL,
    name TEXT NOT NULL,
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    source_id TEXT NOT NULL,
    size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    inode TEXT NOT NULL,
    device TEXT NOT NULL,
    PRIMARY KEY (watch_id, folder, name)
) WITHOUT ROWID;
