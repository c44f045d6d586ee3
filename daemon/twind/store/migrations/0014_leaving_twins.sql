-- A deleted twin is no more at once; what it has is removed little by little, and its row last.
ALTER TABLE twins ADD COLUMN leaving_at REAL;
-- Jobs of a twin that still say something of its sources.
CREATE INDEX jobs_with_words ON jobs (twin_id) WHERE payload <> '{}';
