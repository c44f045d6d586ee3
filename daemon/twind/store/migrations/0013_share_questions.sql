-- How many questions of a link are being answered: those are counted, but a daemon that is killed
-- over them never answers them.
ALTER TABLE shares ADD COLUMN asking INTEGER NOT NULL DEFAULT 0 CHECK (asking >= 0);
