-- Messages, phones, trusted devices and what organizations ask of them.
ALTER TABLE organizations ADD COLUMN methods TEXT NOT NULL DEFAULT 'totp sms'; -- separated by spaces
--bun:split
ALTER TABLE organizations ADD COLUMN recovery_phone TEXT NOT NULL DEFAULT 'optional';
--bun:split
ALTER TABLE organizations ADD COLUMN trusted_days BIGINT NOT NULL DEFAULT 0;
--bun:split
ALTER TABLE users ADD COLUMN notice_email TEXT NOT NULL DEFAULT ''; -- gets notices, opens nothing
--bun:split
ALTER TABLE users ADD COLUMN password_locked BIGINT NOT NULL DEFAULT 0; -- since when the password opens nothing
--bun:split
ALTER TABLE users ADD COLUMN checked_up BIGINT NOT NULL DEFAULT 0;
--bun:split
ALTER TABLE authenticators ADD COLUMN method TEXT NOT NULL DEFAULT 'totp'; -- with sms, the secret is the number
--bun:split
ALTER TABLE enrollments ADD COLUMN method TEXT NOT NULL DEFAULT 'totp';
--bun:split
ALTER TABLE links ADD COLUMN data BYTEA; -- sealed; such as the address that is to be confirmed
--bun:split
CREATE TABLE recovery_phones (
  id      TEXT   NOT NULL PRIMARY KEY,
  user_id TEXT   NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  number  BYTEA  NOT NULL, -- sealed
  added   BIGINT NOT NULL
);
--bun:split
CREATE INDEX recovery_phones_user ON recovery_phones (user_id);
--bun:split
-- Numbers on their way to be recovery phones, one a user.
CREATE TABLE phone_checks (
  id         TEXT   NOT NULL PRIMARY KEY,
  user_id    TEXT   NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  session_id TEXT   NOT NULL, -- the one that began it; no other sees it
  number     BYTEA  NOT NULL, -- sealed
  replaces   TEXT   NOT NULL,
  verified   BIGINT NOT NULL,
  expires    BIGINT NOT NULL
);
--bun:split
CREATE UNIQUE INDEX phone_checks_user ON phone_checks (user_id);
--bun:split
-- Codes sent by text message. The id is that of the sign-in, session, enrollment or
-- check that asked: a code is good for nothing else, and there is one at a time.
CREATE TABLE text_codes (
  id            TEXT   NOT NULL PRIMARY KEY,
  user_id       TEXT   NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  authenticator TEXT   NOT NULL, -- empty for a number that is none yet
  number        BYTEA  NOT NULL, -- sealed
  code          BYTEA  NOT NULL, -- sealed
  tries         BIGINT NOT NULL,
  sent          BIGINT NOT NULL,
  expires       BIGINT NOT NULL
);
--bun:split
CREATE INDEX text_codes_user ON text_codes (user_id);
--bun:split
CREATE TABLE trusted_devices (
  id        TEXT   NOT NULL PRIMARY KEY,
  user_id   TEXT   NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  digest    BYTEA  NOT NULL,
  name      TEXT   NOT NULL,
  address   TEXT   NOT NULL,
  added     BIGINT NOT NULL,
  last_used BIGINT NOT NULL,
  expires   BIGINT NOT NULL
);
--bun:split
CREATE UNIQUE INDEX trusted_devices_digest ON trusted_devices (digest);
--bun:split
CREATE INDEX trusted_devices_user ON trusted_devices (user_id);
--bun:split
-- Messages on their way. They refer to people by id but not by key: a notice that
-- somebody was removed goes out after they are.
CREATE TABLE outbox (
  id              TEXT   NOT NULL PRIMARY KEY,
  channel         TEXT   NOT NULL,
  kind            TEXT   NOT NULL,
  organization_id TEXT   NOT NULL,
  user_id         TEXT   NOT NULL,
  recipient       BYTEA,           -- sealed; null once the content is
  shown           TEXT   NOT NULL, -- the recipient, masked
  content         BYTEA,           -- sealed; null once sent, or once it is of no use
  fleeting        BIGINT NOT NULL, -- 1 when it is of no use after it has expired
  state           TEXT   NOT NULL,
  tries           BIGINT NOT NULL,
  created         BIGINT NOT NULL,
  next_try        BIGINT NOT NULL,
  lease           TEXT   NOT NULL, -- who is sending it
  lease_until     BIGINT NOT NULL,
  expires         BIGINT NOT NULL,
  sent            BIGINT NOT NULL,
  last_error      TEXT   NOT NULL
);
--bun:split
CREATE INDEX outbox_due ON outbox (state, next_try);
--bun:split
CREATE INDEX outbox_created ON outbox (created);
