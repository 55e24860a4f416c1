-- Format 9: what the office works with: sessions of browsers, forms that wait to be
-- sent, tables that were sent and what became of their rows.
CREATE SCHEMA office AUTHORIZATION mingzhang_app;

CREATE TABLE office.sessions (
    hash bytea PRIMARY KEY CHECK (octet_length(hash) = 32),
    id uuid NOT NULL UNIQUE DEFAULT gen_random_uuid(),
    person text COLLATE "C" NOT NULL,
    roles text[] CHECK (roles IS NOT NULL OR way <> 'token'),
    way text NOT NULL CHECK (way IN ('token', 'provider', 'demonstration')),
    browser text NOT NULL DEFAULT '',
    begun_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    seen_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    ends_at timestamptz NOT NULL
);
CREATE INDEX sessions_by_person ON office.sessions (person);

CREATE TABLE office.drafts (
    key text COLLATE "C" PRIMARY KEY,
    person text COLLATE "C" NOT NULL,
    command text COLLATE "C" NOT NULL,
    wrapped_key bytea NOT NULL,
    content bytea NOT NULL,
    kept_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX drafts_by_person ON office.drafts (person);

CREATE TABLE office.imports (
    id uuid PRIMARY KEY,
    person text COLLATE "C" NOT NULL,
    roles text[],
    kind text NOT NULL,
    form text NOT NULL CHECK (form IN ('xlsx', 'csv')),
    dry_run boolean NOT NULL,
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'done')),
    rows integer NOT NULL,
    rows_done integer NOT NULL DEFAULT 0,
    wrapped_key bytea NOT NULL,
    content bytea NOT NULL,
    result_key bytea,
    result bytea CHECK ((result IS NULL) = (state = 'waiting')),
    made_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX imports_by_person ON office.imports (person, made_at);

ALTER TABLE office.sessions OWNER TO mingzhang_app;
ALTER TABLE office.drafts OWNER TO mingzhang_app;
ALTER TABLE office.imports OWNER TO mingzhang_app;
