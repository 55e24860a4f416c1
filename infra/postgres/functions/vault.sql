-- The only ways into the vault.

CREATE FUNCTION vault.seal(subjects text[], wrapped_keys bytea[], contents bytea[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO vault.sealed
    SELECT * FROM unnest($1, $2, $3)
    ON CONFLICT (subject)
    DO UPDATE SET wrapped_key = excluded.wrapped_key, content = excluded.content;
$$;
COMMENT ON FUNCTION vault.seal IS
'Keeps what was sealed for subjects, each named once. Where key and content are null, those of
the subject are destroyed.';

CREATE FUNCTION vault.read(subject text, OUT wrapped_key bytea, OUT content bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT s.wrapped_key, s.content FROM vault.sealed s WHERE s.subject = $1;
$$;
COMMENT ON FUNCTION vault.read IS
'Returns the wrapped key and the sealed content of one subject.';

ALTER FUNCTION vault.seal OWNER TO mingzhang_vault;
ALTER FUNCTION vault.read OWNER TO mingzhang_vault;
REVOKE ALL ON FUNCTION vault.seal, vault.read FROM PUBLIC;
GRANT EXECUTE ON FUNCTION vault.seal, vault.read TO mingzhang_app;
