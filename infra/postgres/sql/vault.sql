-- Names, ID numbers and accounts, sealed. A role of its own owns them; the application may only
-- call these functions, and reads one subject at a time.
CREATE SCHEMA vault;

CREATE TABLE vault.sealed (
    subject text COLLATE "C" PRIMARY KEY,
    wrapped_key bytea,
    content bytea
);

-- Keeps what was sealed for subjects, each named once. Without a key and content, a subject's are
-- destroyed.
CREATE FUNCTION vault.seal(subjects text[], wrapped_keys bytea[], contents bytea[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO vault.sealed
    SELECT * FROM unnest($1, $2, $3)
    ON CONFLICT (subject)
    DO UPDATE SET wrapped_key = excluded.wrapped_key, content = excluded.content;
$$;

CREATE FUNCTION vault.read(subject text, OUT wrapped_key bytea, OUT content bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT s.wrapped_key, s.content FROM vault.sealed s WHERE s.subject = $1;
$$;

ALTER SCHEMA vault OWNER TO mingzhang_vault;
ALTER TABLE vault.sealed OWNER TO mingzhang_vault;
ALTER FUNCTION vault.seal OWNER TO mingzhang_vault;
ALTER FUNCTION vault.read OWNER TO mingzhang_vault;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA vault FROM PUBLIC;
GRANT USAGE ON SCHEMA vault TO mingzhang_app;
GRANT EXECUTE ON FUNCTION vault.seal, vault.read TO mingzhang_app;
