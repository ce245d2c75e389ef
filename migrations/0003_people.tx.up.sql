-- Administering people, and mandatory two-factor.
ALTER TABLE organizations ADD COLUMN version BIGINT NOT NULL DEFAULT 0; -- counts the changes of the policy
--bun:split
ALTER TABLE organizations ADD COLUMN mandatory_from BIGINT NOT NULL DEFAULT 0;
--bun:split
ALTER TABLE organizations ADD COLUMN mandatory_set BIGINT NOT NULL DEFAULT 0; -- when that was decided
--bun:split
ALTER TABLE organizations ADD COLUMN mandatory_by TEXT NOT NULL DEFAULT '';
--bun:split
ALTER TABLE organizations ADD COLUMN methods_until TEXT NOT NULL DEFAULT ''; -- method:milliseconds, separated by spaces
--bun:split
ALTER TABLE organizations ADD COLUMN methods_set BIGINT NOT NULL DEFAULT 0; -- when the last of them was decided
--bun:split
ALTER TABLE organizations ADD COLUMN stay_signed_in BIGINT NOT NULL DEFAULT 0; -- 0 or 1
--bun:split
ALTER TABLE organizations ADD COLUMN min_password BIGINT NOT NULL DEFAULT 8;
--bun:split
ALTER TABLE organizations ADD COLUMN suspended BIGINT NOT NULL DEFAULT 0;
--bun:split
ALTER TABLE organizations ADD COLUMN nudged BIGINT NOT NULL DEFAULT 0; -- when all who are not ready were to be reminded last
--bun:split
ALTER TABLE organizations ADD COLUMN ticked TEXT NOT NULL DEFAULT ''; -- of the checklist, separated by spaces
--bun:split
ALTER TABLE links ADD COLUMN maker TEXT NOT NULL DEFAULT ''; -- of the staff; empty when nobody of them made it
--bun:split
CREATE INDEX links_maker ON links (maker) WHERE maker <> '';
--bun:split
-- What is looked for in lists. The store keeps these four up to date: the methods of the
-- authenticators, whether the organization is suspended, the name as it is sorted, and
-- all names as they are searched.
ALTER TABLE users ADD COLUMN methods TEXT NOT NULL DEFAULT ''; -- separated by spaces
--bun:split
ALTER TABLE users ADD COLUMN closed BIGINT NOT NULL DEFAULT 0; -- 0 or 1
--bun:split
ALTER TABLE users ADD COLUMN sort_name TEXT NOT NULL DEFAULT '';
--bun:split
ALTER TABLE users ADD COLUMN search TEXT NOT NULL DEFAULT '';
--bun:split
ALTER TABLE users ADD COLUMN last_sign_in BIGINT NOT NULL DEFAULT 0;
--bun:split
ALTER TABLE users ADD COLUMN reminded BIGINT NOT NULL DEFAULT 0;
--bun:split
ALTER TABLE users ADD COLUMN exempt_until BIGINT NOT NULL DEFAULT 0;
--bun:split
ALTER TABLE users ADD COLUMN exempt_reason TEXT NOT NULL DEFAULT '';
--bun:split
UPDATE users SET methods = 'totp' WHERE EXISTS (SELECT 1 FROM authenticators a WHERE a.user_id = users.id AND a.method = 'totp');
--bun:split
UPDATE users SET methods = CASE WHEN methods = '' THEN 'sms' ELSE 'totp sms' END
  WHERE EXISTS (SELECT 1 FROM authenticators a WHERE a.user_id = users.id AND a.method = 'sms');
--bun:split
UPDATE users SET sort_name = lower(display_name), search = lower(display_name) || ' ' || user_name_folded || ' ' || email_folded;
--bun:split
UPDATE users SET last_sign_in = COALESCE((SELECT max(s.created) FROM sessions s WHERE s.user_id = users.id), 0);
--bun:split
DROP INDEX users_organization;
--bun:split
-- Whoever is looked for, in any way, is found and counted in this one alone.
CREATE INDEX users_by_name ON users (organization_id, sort_name, id, search, state, role, two_factor_since, methods, exempt_until, password_locked, last_sign_in, created);
--bun:split
CREATE INDEX users_by_sign_in ON users (organization_id, last_sign_in, id);
--bun:split
CREATE INDEX users_by_added ON users (organization_id, created, id);
--bun:split
CREATE INDEX buckets_waiting ON buckets (until) WHERE until > 0;
--bun:split
-- How many had two-factor at the end of each day.
CREATE TABLE adoption (
  organization_id TEXT   NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  day             BIGINT NOT NULL, -- the beginning of it, UTC
  people          BIGINT NOT NULL,
  ready           BIGINT NOT NULL,
  PRIMARY KEY (organization_id, day)
);
--bun:split
-- Whichever way the audit is narrowed, an index has what is left in its order. Who does
-- not say which outcome asks for both, one after the other. It is seq + 0 and not seq:
-- PostgreSQL would otherwise walk the whole chain from its end, in the hope of finding
-- enough soon.
DROP INDEX audit_organization;
--bun:split
CREATE INDEX audit_organization ON audit (organization_id, (seq + 0));
--bun:split
CREATE INDEX audit_outcome ON audit (organization_id, outcome, (seq + 0));
--bun:split
CREATE INDEX audit_kind ON audit (organization_id, kind, outcome, (seq + 0));
--bun:split
CREATE INDEX audit_address ON audit (organization_id, address, outcome, (seq + 0));
--bun:split
CREATE INDEX audit_both ON audit (organization_id, address, kind, outcome, (seq + 0));
--bun:split
CREATE INDEX audit_at ON audit (at, seq);
--bun:split
CREATE INDEX users_ready ON users (organization_id, two_factor_since); -- to be counted
