-- Organizations, people, their sessions and what they sign in with.
CREATE TABLE organizations (
  id              TEXT   NOT NULL PRIMARY KEY,
  name            TEXT   NOT NULL,
  session_idle    BIGINT NOT NULL, -- milliseconds
  session_overall BIGINT NOT NULL,
  created         BIGINT NOT NULL
);
--bun:split
CREATE TABLE users (
  id               TEXT   NOT NULL PRIMARY KEY,
  organization_id  TEXT   NOT NULL REFERENCES organizations (id),
  user_name        TEXT   NOT NULL,
  user_name_folded TEXT   NOT NULL,
  email            TEXT   NOT NULL,
  email_folded     TEXT   NOT NULL,
  display_name     TEXT   NOT NULL,
  role             BIGINT NOT NULL,
  state            TEXT   NOT NULL,
  password_hash    BYTEA,           -- sealed
  password_changed BIGINT NOT NULL,
  password_short   BIGINT NOT NULL, -- 1 when it is too short to stand alone
  two_factor_since BIGINT NOT NULL,
  created          BIGINT NOT NULL
);
--bun:split
CREATE UNIQUE INDEX users_user_name ON users (user_name_folded);
--bun:split
CREATE UNIQUE INDEX users_email ON users (email_folded);
--bun:split
CREATE INDEX users_organization ON users (organization_id);
--bun:split
CREATE TABLE sessions (
  id          TEXT   NOT NULL PRIMARY KEY,
  digest      BYTEA  NOT NULL,
  user_id     TEXT   NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  level       BIGINT NOT NULL,
  factors     TEXT   NOT NULL, -- separated by spaces
  created     BIGINT NOT NULL,
  proved_at   BIGINT NOT NULL,
  last_seen   BIGINT NOT NULL,
  address     TEXT   NOT NULL,
  device      TEXT   NOT NULL,
  replacement BYTEA,           -- sealed
  next        TEXT   NOT NULL
);
--bun:split
CREATE UNIQUE INDEX sessions_digest ON sessions (digest);
--bun:split
CREATE INDEX sessions_user ON sessions (user_id);
--bun:split
CREATE TABLE sign_ins (
  id      TEXT   NOT NULL PRIMARY KEY,
  digest  BYTEA  NOT NULL,
  user_id TEXT   NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  next    TEXT   NOT NULL,
  created BIGINT NOT NULL,
  bucket   TEXT   NOT NULL, -- of the password tries, to be cleared at the second step
  familiar TEXT   NOT NULL  -- the familiar browser, empty for a strange one
);
--bun:split
CREATE UNIQUE INDEX sign_ins_digest ON sign_ins (digest);
--bun:split
CREATE INDEX sign_ins_user ON sign_ins (user_id);
--bun:split
CREATE TABLE authenticators (
  id        TEXT   NOT NULL PRIMARY KEY,
  user_id   TEXT   NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  name      TEXT   NOT NULL,
  secret    BYTEA  NOT NULL, -- sealed
  added     BIGINT NOT NULL,
  last_used BIGINT NOT NULL,
  last_step BIGINT NOT NULL,
  failures  BIGINT NOT NULL
);
--bun:split
CREATE INDEX authenticators_user ON authenticators (user_id);
--bun:split
CREATE TABLE recovery_sets (
  id      TEXT   NOT NULL PRIMARY KEY,
  user_id TEXT   NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  salt    BYTEA  NOT NULL,
  cost    TEXT   NOT NULL,
  made    BIGINT NOT NULL
);
--bun:split
CREATE UNIQUE INDEX recovery_sets_user ON recovery_sets (user_id);
--bun:split
CREATE TABLE recovery_codes (
  id      TEXT   NOT NULL PRIMARY KEY,
  set_id  TEXT   NOT NULL REFERENCES recovery_sets (id) ON DELETE CASCADE,
  hash    BYTEA  NOT NULL, -- sealed
  used_at BIGINT NOT NULL
);
--bun:split
CREATE INDEX recovery_codes_set ON recovery_codes (set_id);
--bun:split
CREATE TABLE enrollments (
  id             TEXT   NOT NULL PRIMARY KEY,
  session_id     TEXT   NOT NULL, -- the one that began it; no other sees it
  user_id        TEXT   NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  name           TEXT   NOT NULL,
  secret         BYTEA  NOT NULL, -- sealed
  replaces       TEXT   NOT NULL,
  step           BIGINT NOT NULL,
  recovery_codes BYTEA,           -- sealed
  expires        BIGINT NOT NULL
);
--bun:split
CREATE UNIQUE INDEX enrollments_user ON enrollments (user_id);
--bun:split
CREATE TABLE links (
  id      TEXT   NOT NULL PRIMARY KEY,
  digest  BYTEA  NOT NULL,
  kind    TEXT   NOT NULL,
  user_id TEXT   REFERENCES users (id) ON DELETE CASCADE, -- null for a setup link
  created BIGINT NOT NULL,
  expires BIGINT NOT NULL,
  used_at BIGINT NOT NULL
);
--bun:split
CREATE UNIQUE INDEX links_digest ON links (digest);
--bun:split
CREATE INDEX links_user ON links (user_id);
--bun:split
-- Throttles. A bucket says nothing about who exists: claims that name nobody have one too.
CREATE TABLE buckets (
  id       TEXT   NOT NULL PRIMARY KEY,
  failures BIGINT NOT NULL,
  until    BIGINT NOT NULL,
  last     BIGINT NOT NULL
);
--bun:split
-- The audit chain refers to people by id but not by key: it outlives them.
CREATE TABLE audit (
  seq             BIGINT NOT NULL PRIMARY KEY,
  at              BIGINT NOT NULL,
  organization_id TEXT   NOT NULL,
  actor           TEXT   NOT NULL,
  subject         TEXT   NOT NULL,
  kind            TEXT   NOT NULL,
  outcome         TEXT   NOT NULL,
  address         TEXT   NOT NULL,
  device          TEXT   NOT NULL,
  details         TEXT   NOT NULL, -- JSON
  previous        BYTEA  NOT NULL,
  hash            BYTEA  NOT NULL
);
--bun:split
CREATE INDEX audit_subject ON audit (subject, seq);
--bun:split
CREATE INDEX audit_organization ON audit (organization_id, seq);
--bun:split
-- One row: where the chain ends, signed with a key that is not in the database.
CREATE TABLE audit_head (
  id   BIGINT NOT NULL PRIMARY KEY,
  seq  BIGINT NOT NULL,
  hash BYTEA  NOT NULL,
  mac  BYTEA  NOT NULL
);
