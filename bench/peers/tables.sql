-- What the transactions of grab.sql work on. A filled part of 50 % leaves room for updates of the hot row in its own page.
CREATE TABLE stock (campaign bigint PRIMARY KEY, remaining bigint NOT NULL CHECK (remaining >= 0)) WITH (fillfactor = 50);
CREATE TABLE orders (
    person bigint NOT NULL,
    campaign bigint NOT NULL,
    placed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (person, campaign)
);
INSERT INTO stock VALUES (1001, 100000000);
