-- The only ways into the vault.

CREATE FUNCTION vault.seal(
    subjects text[], wrapped_keys bytea[], contents bytea[], fingerprints text[], marks text[],
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
    PERFORM vault.number(subjects, contents, fingerprints);
    PERFORM vault.mark(subjects, marks);
END $$;
COMMENT ON FUNCTION vault.seal IS
'Keeps what was sealed for subjects, each named once; where key and content are null, those of the
subject are destroyed, its ID number is free, and nobody finds it any more. Only the append calls it: an entry is replaced with an event of its subject
(`told`), a scheme''s only made with its first one (`begun`), and emptied with the event that says
so (`emptied`); else MZ003. What follows # in a subject is a part of it.';

CREATE FUNCTION vault.number(subjects text[], contents bytea[], fingerprints text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM unnest(subjects, contents, fingerprints) s(subject, content, fingerprint)
        WHERE s.subject LIKE 'person:%' AND (s.content IS NULL OR s.fingerprint IS NOT NULL)
    ) THEN
        RETURN;
    END IF;
    DELETE FROM vault.id_numbers n
    USING unnest(subjects, contents, fingerprints) s(subject, content, fingerprint)
    WHERE s.subject LIKE 'person:%' AND (s.content IS NULL OR s.fingerprint IS NOT NULL)
      AND n.person = split_part(s.subject, '#', 1) COLLATE "C";
    INSERT INTO vault.id_numbers (number, person)
    SELECT last.fingerprint, last.person FROM (
        SELECT DISTINCT ON (split_part(s.subject, '#', 1))
               split_part(s.subject, '#', 1) AS person, s.content, s.fingerprint
        FROM unnest(subjects, contents, fingerprints)
            WITH ORDINALITY s(subject, content, fingerprint, n)
        WHERE s.subject LIKE 'person:%' AND (s.content IS NULL OR s.fingerprint IS NOT NULL)
        ORDER BY split_part(s.subject, '#', 1), s.n DESC
    ) last WHERE last.content IS NOT NULL AND last.fingerprint <> '';
END $$;
COMMENT ON FUNCTION vault.number IS
'Keeps whose ID number it is that was sealed, by its keyed hash (`fingerprints`; empty: the person
has none any more). A number that another person has is a unique violation.';

CREATE FUNCTION vault.numbered(number text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT n.person FROM vault.id_numbers n WHERE n.number = $1 COLLATE "C";
$$;
COMMENT ON FUNCTION vault.numbered IS 'Returns whose ID number it is, by its keyed hash.';

CREATE FUNCTION vault.numbers(OUT number text, OUT person text) RETURNS SETOF record
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT n.number, n.person FROM vault.id_numbers n;
$$;
COMMENT ON FUNCTION vault.numbers IS
'Returns the keyed hashes of all ID numbers, and whose they are.';

CREATE FUNCTION vault.mark(subjects text[], marks text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    DELETE FROM vault.marks m USING unnest(subjects) s(subject)
    WHERE s.subject LIKE 'person:%' AND m.entry = s.subject COLLATE "C";
    INSERT INTO vault.marks (mark, entry)
    SELECT DISTINCT mark, s.subject
    FROM unnest(subjects, marks) s(subject, marks), string_to_table(s.marks, ' ') mark
    WHERE s.subject LIKE 'person:%' AND mark <> '';
END $$;
COMMENT ON FUNCTION vault.mark IS
'Keeps by which keyed hashes (`marks`, between spaces) the papers that were sealed are found; those
that were there before go.';

CREATE FUNCTION vault.marked(marks text[], most int, OUT mark text, OUT entry text)
RETURNS SETOF record
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT m.mark, m.entry FROM vault.marks m
    WHERE m.mark = ANY ($1::text[] COLLATE "C") ORDER BY m.entry, m.mark LIMIT most;
$$;
COMMENT ON FUNCTION vault.marked IS
'Returns which papers have one of these keyed hashes: so many of them at most.';

CREATE FUNCTION vault.all_marks(OUT mark text, OUT entry text) RETURNS SETOF record
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT m.mark, m.entry FROM vault.marks m;
$$;
COMMENT ON FUNCTION vault.all_marks IS
'Returns all keyed hashes by which papers are found.';

CREATE FUNCTION ledger.seal(
    ids text[], versions bigint[], topics text[],
    sealed text[], wrapped_keys bytea[], contents bytea[], fingerprints text[],
    marks text[], masters text[]
) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    begun text[];
    emptied text[];
BEGIN
    IF EXISTS (
        SELECT FROM ledger.keys k
        WHERE k.name = 'master-key' AND k.fingerprint <> ANY (masters)
    ) THEN
        RAISE EXCEPTION 'the master key was rotated meanwhile' USING ERRCODE = 'MZ004';
    END IF;
    SELECT coalesce(array_agg(e.id) FILTER (WHERE e.version = 1), '{}'),
           coalesce(array_agg(e.id) FILTER (WHERE t.empties), '{}')
    INTO begun, emptied
    FROM unnest(ids, versions, topics) e(id, version, topic) LEFT JOIN ledger.topics t USING (topic);
    PERFORM vault.seal(
        sealed, wrapped_keys, contents, fingerprints, marks, ids, begun, emptied);
    INSERT INTO ledger.keys
    SELECT k.name, k.fingerprint FROM unnest(sealed, fingerprints) k(name, fingerprint)
    WHERE k.fingerprint IS NOT NULL AND k.name NOT LIKE 'person:%';
END $$;
COMMENT ON FUNCTION ledger.seal IS
'Gives the vault what the events of an append seal, and keeps the fingerprints of new keys. What was
sealed under another master key (its fingerprint) than the ledger''s is sealed anew (MZ004).';

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
ALTER FUNCTION vault.number OWNER TO mingzhang_vault;
ALTER FUNCTION vault.numbered OWNER TO mingzhang_vault;
ALTER FUNCTION vault.numbers OWNER TO mingzhang_vault;
ALTER FUNCTION vault.mark OWNER TO mingzhang_vault;
ALTER FUNCTION vault.marked OWNER TO mingzhang_vault;
ALTER FUNCTION vault.all_marks OWNER TO mingzhang_vault;
ALTER FUNCTION ledger.seal OWNER TO mingzhang_append;
REVOKE ALL ON FUNCTION
    vault.seal, vault.read, vault.subjects, vault.number, vault.numbered, vault.numbers,
    vault.mark, vault.marked, vault.all_marks, ledger.seal
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION vault.seal TO mingzhang_append;
GRANT EXECUTE ON FUNCTION vault.read, vault.subjects, vault.numbered, vault.numbers,
    vault.marked, vault.all_marks TO mingzhang_app;
