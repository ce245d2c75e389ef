-- What a person is spoken to in: the language that they chose, or nothing, and the one
-- that their browser asked for when they signed in last.
ALTER TABLE users ADD COLUMN language TEXT NOT NULL DEFAULT '';
--bun:split
ALTER TABLE users ADD COLUMN browser_language TEXT NOT NULL DEFAULT '';
