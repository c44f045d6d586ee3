DROP INDEX jobs_changed;
