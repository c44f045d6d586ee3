-- What is left of the limits on requests; a name is the keyed hash of whom it limits.
CREATE TABLE limits (
    name TEXT PRIMARY KEY,
    tokens REAL NOT NULL,
    at REAL NOT NULL
) WITHOUT ROWID;

-- The one row: what this installation signs and hashes with.
CREATE TABLE server_secret (
    key INTEGER PRIMARY KEY CHECK (key = 1),
    value BLOB NOT NULL
);
