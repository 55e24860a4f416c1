-- The only ways into the vault.

CREATE FUNCTION vault.seal(
    subjects text[], wrapped_keys bytea[], contents bytea[],
    told text[], begun text[], emptied text[]
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    refused text;
BEGIN
    SELECT s.subject INTO refused
    FROM unnest(subjects, wrapped_keys, contents) s(subject, wrapped_key, content)
    LEFT JOIN vault.sealed v ON v.subject = s.subject COLLATE "C"
    WHERE NOT CASE
        WHEN s.content IS NULL OR s.wrapped_key IS NULL
            THEN s.content IS NULL AND s.wrapped_key IS NULL
                AND split_part(s.subject, '#', 1) = ANY (emptied)
        WHEN s.subject LIKE 'scheme:%' THEN v.subject IS NULL AND s.subject = ANY (begun)
        ELSE v.subject IS NULL OR split_part(s.subject, '#', 1) = ANY (told)
    END
    LIMIT 1;
    IF refused IS NOT NULL THEN
        RAISE EXCEPTION 'no event lets % be sealed or emptied', refused USING ERRCODE = 'MZ003';
    END IF;
    INSERT INTO vault.sealed
    SELECT * FROM unnest(subjects, wrapped_keys, contents)
    ON CONFLICT (subject)
    DO UPDATE SET wrapped_key = excluded.wrapped_key, content = excluded.content;
END $$;
COMMENT ON FUNCTION vault.seal IS
'Keeps what was sealed for subjects, each named once; where key and content are null, those of the
subject are destroyed. Only the append calls it: an entry is replaced with an event of its subject
(`told`), a scheme''s only made with its first one (`begun`), and emptied with the event that says
so (`emptied`); else MZ003. What follows # in a subject is a part of it.';

CREATE FUNCTION ledger.seal(
    ids text[], versions bigint[], topics text[],
    sealed text[], wrapped_keys bytea[], contents bytea[], fingerprints text[]
) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    begun text[];
    emptied text[];
BEGIN
    SELECT coalesce(array_agg(e.id) FILTER (WHERE e.version = 1), '{}'),
           coalesce(array_agg(e.id) FILTER (WHERE t.empties), '{}')
    INTO begun, emptied
    FROM unnest(ids, versions, topics) e(id, version, topic) LEFT JOIN ledger.topics t USING (topic);
    PERFORM vault.seal(sealed, wrapped_keys, contents, ids, begun, emptied);
    INSERT INTO ledger.keys
    SELECT k.name, k.fingerprint FROM unnest(sealed, fingerprints) k(name, fingerprint)
    WHERE k.fingerprint IS NOT NULL;
END $$;
COMMENT ON FUNCTION ledger.seal IS
'Gives the vault what the events of an append seal, and keeps the fingerprints of new keys.';

CREATE FUNCTION vault.read(subject text, OUT wrapped_key bytea, OUT content bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT s.wrapped_key, s.content FROM vault.sealed s WHERE s.subject = $1;
$$;
COMMENT ON FUNCTION vault.read IS
'Returns the wrapped key and the sealed content of one subject.';

CREATE FUNCTION vault.subjects(OUT subject text, OUT emptied boolean) RETURNS SETOF record
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT s.subject, s.wrapped_key IS NULL OR s.content IS NULL FROM vault.sealed s;
$$;
COMMENT ON FUNCTION vault.subjects IS
'Returns of whom the vault has an entry, and whether it is emptied; nothing of what is sealed.';

ALTER FUNCTION vault.subjects OWNER TO mingzhang_vault;
ALTER FUNCTION vault.seal OWNER TO mingzhang_vault;
ALTER FUNCTION vault.read OWNER TO mingzhang_vault;
ALTER FUNCTION ledger.seal OWNER TO mingzhang_append;
REVOKE ALL ON FUNCTION vault.seal, vault.read, vault.subjects, ledger.seal FROM PUBLIC;
GRANT EXECUTE ON FUNCTION vault.seal TO mingzhang_append;
GRANT EXECUTE ON FUNCTION vault.read, vault.subjects TO mingzhang_app;
