-- Appending many events, which the session has copied into a temporary table.

CREATE FUNCTION ledger.stage() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    CREATE TEMPORARY TABLE staged (
        ordinal int NOT NULL, originator_id text COLLATE "C" NOT NULL,
        originator_version bigint NOT NULL, topic text, state bytea, salt bytea NOT NULL,
        alike int, CHECK (num_nulls(topic, state) IN (0, 2)),
        CHECK (num_nonnulls(topic, alike) = 1)
    ) ON COMMIT DELETE ROWS;
    GRANT INSERT ON pg_temp.staged TO mingzhang_app;
END $$;
COMMENT ON FUNCTION ledger.stage IS
'Makes the session''s temporary table `staged`. It belongs to mingzhang_append, so that no view or
policy with code of the session''s own takes its place; the application may only fill it. A row has
topic and state, or says by its ordinal which row it is alike but for the subject (`alike`).';

CREATE FUNCTION ledger.first_booked_staged() RETURNS date
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    first_day date;
    dated boolean;
BEGIN
    SELECT min(booked), bool_and(booked IS NOT NULL) INTO first_day, dated
    FROM (
        SELECT (convert_from(s.state, 'UTF8')::json #>> '{act,booked}')::date AS booked
        FROM pg_temp.staged s
        WHERE s.topic IN (SELECT t.topic FROM ledger.topics t WHERE t.books)
    ) days;
    IF NOT dated THEN
        RAISE EXCEPTION 'an event that is booked says no day' USING ERRCODE = 'MZ003';
    END IF;
    RETURN first_day;
END $$;
COMMENT ON FUNCTION ledger.first_booked_staged IS
'Returns the earliest booked day of the staged events. What is alike has the day of the one that is
written out.';

CREATE FUNCTION ledger.append_staged(
    read_ids text[], read_versions bigint[], stops_known_to bigint,
    keys text[], hashes bytea[], offsets int[], answers bytea[],
    sealed text[], wrapped_keys bytea[], contents bytea[], fingerprints text[],
    marks text[], masters text[],
    OUT first_position bigint, OUT moment timestamptz
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    g record;
    written bigint;
    in_order boolean;
    first_booked date;
BEGIN
    IF NOT EXISTS (
        SELECT FROM pg_class
        WHERE oid = to_regclass('pg_temp.staged') AND relowner = 'mingzhang_append'::regrole
    ) THEN
        RAISE EXCEPTION 'call ledger.stage() first' USING ERRCODE = 'MZ003';
    END IF;
    SELECT count(*), min(s.ordinal) = 1 AND max(s.ordinal) = count(*)
           AND NOT coalesce(bool_or(s.topic LIKE 'period.%'), false)
    INTO written, in_order FROM pg_temp.staged s;
    IF NOT in_order THEN
        RAISE EXCEPTION 'staged are not 1 to % events that may come in bulk', written
            USING ERRCODE = 'MZ003';
    END IF;
    first_booked := ledger.first_booked_staged();
    SELECT * INTO g FROM ledger.enter(first_booked, read_ids, read_versions, stops_known_to);
    first_position := g.last_position + 1;
    moment := g.moment;
    INSERT INTO ledger.events
    WITH repeated AS (
        SELECT s.ordinal, s.topic,
               substring(s.state FROM 19 + octet_length(s.originator_id)) AS behind_subject
        FROM pg_temp.staged s
        WHERE s.ordinal IN (SELECT DISTINCT a.alike FROM pg_temp.staged a)
          AND substring(s.state FOR 18 + octet_length(s.originator_id))
              = '{"originator_id":"'::bytea || convert_to(s.originator_id, 'UTF8')
    )
    SELECT s.originator_id, s.originator_version, coalesce(s.topic, r.topic),
           CASE
               WHEN s.state IS NOT NULL THEN s.state
               -- A subject that JSON writes otherwise could hide what stands behind it.
               WHEN strpos(s.originator_id, '"') = 0 AND strpos(s.originator_id, '\') = 0
               THEN '{"originator_id":"'::bytea || convert_to(s.originator_id, 'UTF8')
                    || r.behind_subject
           END,
           g.last_position + s.ordinal, g.moment, s.salt
    FROM pg_temp.staged s LEFT JOIN repeated r ON r.ordinal = s.alike;
    IF g.soft_through IS NOT NULL THEN
        PERFORM ledger.require_second_person(
            g.soft_through, array_agg(e.topic), array_agg(e.state))
        FROM ledger.events e WHERE e.notification_id > g.last_position;
    END IF;
    IF sealed <> '{}' THEN
        PERFORM ledger.seal(
            array_agg(e.originator_id), array_agg(e.originator_version), array_agg(e.topic),
            sealed, wrapped_keys, contents, fingerprints, marks, masters)
        FROM ledger.events e WHERE e.notification_id > g.last_position;
    END IF;
    PERFORM ledger.leave(
        g.last_position, moment, g.last_position + written, keys, hashes, offsets, answers);
END $$;
COMMENT ON FUNCTION ledger.append_staged IS
'Appends many events: those staged in this transaction, with ordinals 1 to n, with their receipts
and what they seal. Events of periods are refused here (MZ003), and what is alike no other (23502).';

ALTER FUNCTION ledger.stage OWNER TO mingzhang_append;
ALTER FUNCTION ledger.first_booked_staged OWNER TO mingzhang_append;
ALTER FUNCTION ledger.append_staged OWNER TO mingzhang_append;
REVOKE ALL ON FUNCTION ledger.stage, ledger.first_booked_staged, ledger.append_staged FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger.stage, ledger.append_staged TO mingzhang_app;
