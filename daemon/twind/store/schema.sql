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
    CHECK (channel IN ('chat', 'widget', 'share', 'api')), session TEXT NOT NULL DEFAULT '');
CREATE INDEX conversations_session ON conversations (session) WHERE session <> '';
CREATE INDEX conversations_twin ON conversations (twin_id, key);
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
);
CREATE TABLE twins (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    created_at REAL NOT NULL,
    updated_at REAL NOT NULL, voice TEXT NOT NULL DEFAULT '', language TEXT NOT NULL DEFAULT '', greeting TEXT NOT NULL DEFAULT '', refusal TEXT NOT NULL DEFAULT '', mode TEXT NOT NULL DEFAULT 'strict' CHECK (mode IN ('strict', 'guided')),
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
