-- One order: the person's row first, the hot row last, so that its lock is held as shortly as it can be.
\set n :n + 1
\set person :client_id * 10000000 + :n
BEGIN;
INSERT INTO orders (person, campaign) VALUES (:person, 1001);
UPDATE stock SET remaining = remaining - 1 WHERE campaign = 1001 AND remaining > 0;
COMMIT;
