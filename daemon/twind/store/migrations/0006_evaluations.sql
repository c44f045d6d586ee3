-- How a twin did on its owner's own questions. Figures are shares, 0 to 1; null where no question
-- was of the kind. What was asked and answered is not kept.
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
