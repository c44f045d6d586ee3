-- Who began a conversation: a pseudonym, or empty.
ALTER TABLE conversations ADD COLUMN visitor TEXT NOT NULL DEFAULT '';
CREATE INDEX conversations_visitor ON conversations (twin_id, visitor) WHERE visitor <> '';

-- What a day's pseudonyms of visitors are made with; gone two days later.
CREATE TABLE visitor_salts (
    day INTEGER PRIMARY KEY,
    salt BLOB NOT NULL
);

-- Questions that mean the same, under the words of the first event that is still kept.
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

-- What was asked and what became of it, one row an answer; `day` counts from 1970, in UTC.
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
CREATE INDEX audience_events_plain ON audience_events (twin_id, plain);
CREATE INDEX audience_events_group ON audience_events (group_key);
CREATE INDEX audience_events_open ON audience_events (tenant_id, group_key)
    WHERE answered = 0 AND is_closed = 0;
CREATE INDEX audience_events_visitor ON audience_events (twin_id, visitor) WHERE visitor <> '';

-- Questions that have no group yet. Their vectors lie apart from the events, whose pages would
-- stay half empty without them.
CREATE TABLE audience_ungrouped (
    event_key INTEGER PRIMARY KEY REFERENCES audience_events (key) ON DELETE CASCADE,
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    model TEXT,
    vector BLOB
);
CREATE INDEX audience_ungrouped_of_tenant ON audience_ungrouped (tenant_id, event_key);

-- Days whose figures are to be made anew, and how often something of them changed meanwhile.
CREATE TABLE audience_changed_days (
    twin_id TEXT NOT NULL REFERENCES twins (id) ON DELETE CASCADE,
    day INTEGER NOT NULL,
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    changes INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (twin_id, day)
) WITHOUT ROWID;

-- The figures of a day: of all of it; of each channel, host, reason, source and step of latency;
-- and of each group, `open_questions` being those that were refused and nobody has answered since.
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
