-- Format 7: whose ledger it is, the keys it is sealed with, and which topics book or empty.
CREATE TABLE ledger.identity (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    ledger uuid NOT NULL,
    jurisdiction text NOT NULL,
    zone text NOT NULL
);

CREATE TABLE ledger.keys (
    name text COLLATE "C" PRIMARY KEY,
    fingerprint text NOT NULL
);

CREATE TABLE ledger.topics (
    topic text COLLATE "C" PRIMARY KEY,
    books boolean NOT NULL,
    empties boolean NOT NULL
);

ALTER TABLE ledger.identity OWNER TO mingzhang_append;
ALTER TABLE ledger.keys OWNER TO mingzhang_append;
ALTER TABLE ledger.topics OWNER TO mingzhang_append;
GRANT SELECT ON ledger.identity, ledger.keys, ledger.topics TO mingzhang_app;
GRANT USAGE ON SCHEMA vault TO mingzhang_append;
