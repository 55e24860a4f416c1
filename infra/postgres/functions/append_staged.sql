-- Appending many events, which the session has copied into a temporary table.

CREATE FUNCTION ledger.stage() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    CREATE TEMPORARY TABLE staged (
        ordinal int NOT NULL, originator_id text COLLATE "C" NOT NULL,
        originator_version bigint NOT NULL, topic text NOT NULL, state bytea NOT NULL,
        salt bytea NOT NULL
    ) ON COMMIT DELETE ROWS;
    GRANT INSERT ON pg_temp.staged TO mingzhang_app;
END $$;
COMMENT ON FUNCTION ledger.stage IS
'Makes the session''s temporary table `staged`. It belongs to mingzhang_append, so that no view or
policy with code of the session''s own takes its place; the application may only fill it.';

CREATE FUNCTION ledger.first_booked_staged() RETURNS date
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    first_day date;
    dated boolean;
BEGIN
    SELECT min(booked), bool_and(booked IS NOT NULL) INTO first_day, dated
    FROM (
        SELECT (convert_from(state, 'UTF8')::json #>> '{act,booked}')::date AS booked
        FROM (
            SELECT DISTINCT CASE
                WHEN substring(s.state FOR 18 + octet_length(s.originator_id))
                    = '{"originator_id":"'::bytea || convert_to(s.originator_id, 'UTF8')
                THEN '{"originator_id":"'::bytea
                    || substring(s.state FROM 19 + octet_length(s.originator_id))
                ELSE s.state
            END AS state
            FROM pg_temp.staged s
            WHERE s.topic IN (SELECT t.topic FROM ledger.topics t WHERE t.books)
        ) alike
    ) days;
    IF NOT dated THEN
        RAISE EXCEPTION 'an event that is booked says no day' USING ERRCODE = 'MZ003';
    END IF;
    RETURN first_day;
END $$;
COMMENT ON FUNCTION ledger.first_booked_staged IS
'Returns the earliest booked day of the staged events. Payments of a run are alike but for their
subjects, with which their states begin: what is the same behind it is read once.';

CREATE FUNCTION ledger.append_staged(
    read_ids text[], read_versions bigint[], stops_known_to bigint,
    keys text[], hashes bytea[], offsets int[], answers bytea[],
    sealed text[], wrapped_keys bytea[], contents bytea[], fingerprints text[],
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
           AND NOT bool_or(s.topic LIKE 'period.%')
    INTO written, in_order FROM pg_temp.staged s;
    IF NOT in_order THEN
        RAISE EXCEPTION 'staged are not 1 to % events that may come in bulk', written
            USING ERRCODE = 'MZ003';
    END IF;
    first_booked := ledger.first_booked_staged();
    SELECT * INTO g FROM ledger.enter(first_booked, read_ids, read_versions, stops_known_to);
    IF g.soft_through IS NOT NULL THEN
        PERFORM ledger.require_second_person(
            g.soft_through, array_agg(s.topic), array_agg(s.state))
        FROM pg_temp.staged s;
    END IF;
    first_position := g.last_position + 1;
    moment := g.moment;
    INSERT INTO ledger.events
    SELECT s.originator_id, s.originator_version, s.topic, s.state, g.last_position + s.ordinal,
           g.moment, s.salt
    FROM pg_temp.staged s;
    IF sealed <> '{}' THEN
        PERFORM ledger.seal(
            array_agg(s.originator_id), array_agg(s.originator_version), array_agg(s.topic),
            sealed, wrapped_keys, contents, fingerprints)
        FROM pg_temp.staged s;
    END IF;
    PERFORM ledger.leave(
        g.last_position, moment, g.last_position + written, keys, hashes, offsets, answers);
END $$;
COMMENT ON FUNCTION ledger.append_staged IS
'Appends many events: those staged in this transaction, with ordinals 1 to n, with their receipts
and what they seal. Events of periods are refused here (MZ003).';

ALTER FUNCTION ledger.stage OWNER TO mingzhang_append;
ALTER FUNCTION ledger.first_booked_staged OWNER TO mingzhang_append;
ALTER FUNCTION ledger.append_staged OWNER TO mingzhang_append;
REVOKE ALL ON FUNCTION ledger.stage, ledger.first_booked_staged, ledger.append_staged FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger.stage, ledger.append_staged TO mingzhang_app;
