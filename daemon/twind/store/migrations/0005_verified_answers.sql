-- Answers that the owner vouches for. `plain` is the question without case and punctuation;
-- `vector` is that of the question, made by the model that `model` names.
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
