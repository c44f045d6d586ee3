-- The way a conversation came, and the session it belongs to; empty for the owner's.
ALTER TABLE conversations ADD COLUMN channel TEXT NOT NULL DEFAULT 'chat'
    CHECK (channel IN ('chat', 'widget', 'share', 'api'));
ALTER TABLE conversations ADD COLUMN session TEXT NOT NULL DEFAULT '';
CREATE INDEX conversations_session ON conversations (session) WHERE session <> '';
