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
CREATE TABLE audience_changed_days (
    twin_id TEXT NOT NULL REFERENCES twins (id) ON DELETE CASCADE,
    day INTEGER NOT NULL,
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    changes INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (twin_id, day)
) WITHOUT ROWID;
CREATE TABLE audience_counts (
    twin_id TEXT NOT NULL REFERENCES twins (id) ON DELETE CASCADE,
    dimension TEXT NOT NULL,
    day INTEGER NOT NULL,
    name TEXT NOT NULL,
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    questions INTEGER NOT NULL,
    answered INTEGER NOT NULL,
    PRIMARY KEY (twin_id, dimension, day, name)
) WITHOUT ROWID;
CREATE TABLE audience_days (
    twin_id TEXT NOT NULL REFERENCES twins (id) ON DELETE CASCADE,
    day INTEGER NOT NULL,
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    questions INTEGER NOT NULL,
    answered INTEGER NOT NULL,
    visitors INTEGER NOT NULL,
    came_again INTEGER NOT NULL,
    sessions INTEGER NOT NULL,
    up INTEGER NOT NULL,
    down INTEGER NOT NULL,
    PRIMARY KEY (twin_id, day)
) WITHOUT ROWID;
CREATE TABLE audience_events (
    key INTEGER PRIMARY KEY,
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    twin_id TEXT NOT NULL REFERENCES twins (id) ON DELETE CASCADE,
    message_id TEXT NOT NULL UNIQUE,
    conversation_id TEXT NOT NULL,
    asked_at REAL NOT NULL,
    day INTEGER NOT NULL,
    channel TEXT NOT NULL CHECK (channel IN ('chat', 'widget', 'share', 'api')),
    session TEXT NOT NULL,
    visitor TEXT NOT NULL,
    host TEXT NOT NULL,
    question TEXT NOT NULL,
    plain TEXT NOT NULL,
    answered INTEGER NOT NULL,
    reason TEXT,
    confidence REAL NOT NULL,
    sources TEXT NOT NULL,
    took_ms REAL NOT NULL,
    feedback TEXT CHECK (feedback IN ('up', 'down')),
    is_closed INTEGER NOT NULL DEFAULT 0,
    group_key INTEGER REFERENCES audience_groups (key) ON DELETE SET NULL
);
CREATE INDEX audience_events_day ON audience_events (twin_id, day);
CREATE INDEX audience_events_group ON audience_events (group_key);
CREATE INDEX audience_events_open ON audience_events (tenant_id, group_key)
    WHERE answered = 0 AND is_closed = 0;
CREATE INDEX audience_events_plain ON audience_events (twin_id, plain);
CREATE INDEX audience_events_visitor ON audience_events (twin_id, visitor) WHERE visitor <> '';
CREATE TABLE audience_group_days (
    twin_id TEXT NOT NULL REFERENCES twins (id) ON DELETE CASCADE,
    day INTEGER NOT NULL,
    group_key INTEGER NOT NULL,
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    questions INTEGER NOT NULL,
    answered INTEGER NOT NULL,
    visitors INTEGER NOT NULL,
    open_questions INTEGER NOT NULL,
    open_visitors INTEGER NOT NULL,
    PRIMARY KEY (twin_id, day, group_key)
) WITHOUT ROWID;
CREATE TABLE audience_groups (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    twin_id TEXT NOT NULL REFERENCES twins (id) ON DELETE CASCADE,
    leader INTEGER NOT NULL,
    question TEXT NOT NULL,
    model TEXT,
    vector BLOB
);
CREATE INDEX audience_groups_of_model ON audience_groups (twin_id, model);
CREATE TABLE audience_ungrouped (
    event_key INTEGER PRIMARY KEY REFERENCES audience_events (key) ON DELETE CASCADE,
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    model TEXT,
    vector BLOB
);
CREATE INDEX audience_ungrouped_of_tenant ON audience_ungrouped (tenant_id, event_key);
CREATE TRIGGER audit_log_is_not_changed BEFORE UPDATE ON audit_log
BEGIN
    SELECT raise(ABORT, 'the audit log is not changed');
END;
CREATE TRIGGER audit_log_is_not_deleted BEFORE DELETE ON audit_log
WHEN (SELECT leaving_at FROM tenants WHERE id = OLD.tenant_id) IS NULL
BEGIN
    SELECT raise(ABORT, 'the audit log is not deleted');
END;
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
CREATE TABLE blobs (
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    hash TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, hash)
);
CREATE TABLE chunks (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    twin_id TEXT NOT NULL REFERENCES twins (id),
    source_id TEXT NOT NULL REFERENCES sources (id),
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    text_hash TEXT NOT NULL,
    page INTEGER,
    heading TEXT,
    start_char INTEGER NOT NULL,
    end_char INTEGER NOT NULL,
    start_seconds REAL,
    UNIQUE (source_id, position)
);
CREATE INDEX chunks_text_hash ON chunks (tenant_id, text_hash);
CREATE INDEX chunks_twin ON chunks (twin_id, key);
CREATE TABLE conversations (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    twin_id TEXT NOT NULL REFERENCES twins (id),
    title TEXT NOT NULL,
    created_at REAL NOT NULL,
    updated_at REAL NOT NULL
, channel TEXT NOT NULL DEFAULT 'chat'
    CHECK (channel IN ('chat', 'widget', 'share', 'api')), session TEXT NOT NULL DEFAULT '', visitor TEXT NOT NULL DEFAULT '');
CREATE INDEX conversations_session ON conversations (session) WHERE session <> '';
CREATE INDEX conversations_twin ON conversations (twin_id, key);
CREATE INDEX conversations_visitor ON conversations (twin_id, visitor) WHERE visitor <> '';
CREATE TABLE documents (
    source_id TEXT PRIMARY KEY REFERENCES sources (id),
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    text TEXT NOT NULL
);
CREATE TABLE embeddings (
    generation INTEGER NOT NULL REFERENCES generations (key),
    chunk_key INTEGER NOT NULL REFERENCES chunks (key),
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    vector BLOB NOT NULL,
    PRIMARY KEY (chunk_key, generation)
);
CREATE TABLE evaluations (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    twin_id TEXT NOT NULL REFERENCES twins (id),
    name TEXT NOT NULL,
    questions INTEGER NOT NULL,
    "right" REAL NOT NULL,
    recall REAL,
    answered REAL,
    supported REAL,
    refused_rightly REAL,
    refused_wrongly REAL,
    created_at REAL NOT NULL
);
CREATE INDEX evaluations_of_twin ON evaluations (twin_id, key);
CREATE TABLE generations (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    model_id TEXT NOT NULL,
    revision TEXT NOT NULL,
    dimension INTEGER NOT NULL,
    query_prefix TEXT NOT NULL,
    document_prefix TEXT NOT NULL,
    normalised INTEGER NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('building', 'active', 'retired')),
    created_at REAL NOT NULL
);
CREATE UNIQUE INDEX generations_active ON generations (tenant_id) WHERE status = 'active';
CREATE UNIQUE INDEX generations_building ON generations (tenant_id) WHERE status = 'building';
CREATE TABLE job_logs (
    key INTEGER PRIMARY KEY,
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    job_id TEXT NOT NULL REFERENCES jobs (id),
    at REAL NOT NULL,
    level TEXT NOT NULL,
    message TEXT NOT NULL
);
CREATE INDEX job_logs_job ON job_logs (job_id, key);
CREATE TABLE jobs (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    kind TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
    source_id TEXT,
    twin_id TEXT,
    payload TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    run_at REAL NOT NULL,
    lease_owner TEXT,
    lease_until REAL,
    cancel_requested INTEGER NOT NULL DEFAULT 0,
    progress_done INTEGER NOT NULL DEFAULT 0,
    progress_total INTEGER,
    error_code TEXT,
    error_message TEXT,
    error_hint TEXT,
    created_at REAL NOT NULL,
    updated_at REAL NOT NULL,
    started_at REAL,
    finished_at REAL
);
CREATE INDEX jobs_newest ON jobs (tenant_id, key);
CREATE INDEX jobs_queued ON jobs (tenant_id, key) WHERE status = 'queued';
CREATE UNIQUE INDEX jobs_queued_once ON jobs (tenant_id, coalesce(source_id, ''), kind)
    WHERE status = 'queued';
CREATE UNIQUE INDEX jobs_running ON jobs (source_id) WHERE status = 'running';
CREATE INDEX jobs_status ON jobs (tenant_id, status);
CREATE INDEX jobs_with_words ON jobs (twin_id) WHERE payload <> '{}';
CREATE TABLE limits (
    name TEXT PRIMARY KEY,
    tokens REAL NOT NULL,
    at REAL NOT NULL
) WITHOUT ROWID;
CREATE TABLE messages (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    conversation_id TEXT NOT NULL REFERENCES conversations (id),
    role TEXT NOT NULL CHECK (role IN ('user', 'assistant')),
    content TEXT NOT NULL,
    answered INTEGER,
    citations TEXT NOT NULL,
    created_at REAL NOT NULL
);
CREATE INDEX messages_conversation ON messages (conversation_id, key);
CREATE TABLE server_secret (
    key INTEGER PRIMARY KEY CHECK (key = 1),
    value BLOB NOT NULL
);
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
, asking INTEGER NOT NULL DEFAULT 0 CHECK (asking >= 0));
CREATE INDEX shares_twin ON shares (twin_id);
CREATE TABLE sources (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    twin_id TEXT NOT NULL REFERENCES twins (id),
    kind TEXT NOT NULL CHECK (kind IN ('file', 'url', 'youtube', 'text')),
    uri TEXT NOT NULL,
    title TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('processing', 'live', 'failed')),
    error_code TEXT,
    error_message TEXT,
    error_hint TEXT,
    blob_hash TEXT,
    incoming_hash TEXT,
    bytes INTEGER,
    chars INTEGER,
    pages INTEGER,
    chunks INTEGER NOT NULL DEFAULT 0,
    author TEXT,
    published TEXT,
    job_id TEXT,
    created_at REAL NOT NULL,
    updated_at REAL NOT NULL,
    indexed_at REAL, url TEXT, etag TEXT, last_modified TEXT, duration_s REAL, fetch_s REAL, read_s REAL, embed_s REAL,
    UNIQUE (twin_id, uri),
    FOREIGN KEY (tenant_id, blob_hash) REFERENCES blobs (tenant_id, hash),
    FOREIGN KEY (tenant_id, incoming_hash) REFERENCES blobs (tenant_id, hash)
);
CREATE INDEX sources_blob ON sources (tenant_id, blob_hash);
CREATE INDEX sources_incoming ON sources (tenant_id, incoming_hash);
CREATE INDEX sources_job ON sources (job_id);
CREATE INDEX sources_newest ON sources (twin_id, key);
CREATE TABLE tenants (
    id TEXT PRIMARY KEY,
    created_at REAL NOT NULL
, leaving_at REAL);
CREATE TABLE twins (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    created_at REAL NOT NULL,
    updated_at REAL NOT NULL, voice TEXT NOT NULL DEFAULT '', language TEXT NOT NULL DEFAULT '', greeting TEXT NOT NULL DEFAULT '', refusal TEXT NOT NULL DEFAULT '', mode TEXT NOT NULL DEFAULT 'strict' CHECK (mode IN ('strict', 'guided')), leaving_at REAL,
    UNIQUE (tenant_id, slug)
);
CREATE TABLE verified_answers (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    twin_id TEXT NOT NULL REFERENCES twins (id),
    question TEXT NOT NULL,
    plain TEXT NOT NULL,
    answer TEXT NOT NULL,
    model TEXT,
    vector BLOB,
    created_at REAL NOT NULL,
    updated_at REAL NOT NULL,
    UNIQUE (twin_id, plain)
);
CREATE TABLE visitor_salts (
    day INTEGER PRIMARY KEY,
    salt BLOB NOT NULL
);
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
