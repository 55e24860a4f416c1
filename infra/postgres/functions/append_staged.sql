-- Appending many events, which the session has copied into a temporary table.

CREATE FUNCTION ledger.stage() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    CREATE TEMPORARY TABLE staged (
        ordinal int NOT NULL, originator_id text COLLATE "C" NOT NULL,
        originator_version bigint NOT NULL, topic text NOT NULL, state bytea NOT NULL,
        salt bytea NOT NULL
    ) ON COMMIT DELETE ROWS;
    EXECUTE format('GRANT INSERT ON pg_temp.staged TO %I', session_user);
END $$;
COMMENT ON FUNCTION ledger.stage IS
'Makes the session''s temporary table `staged`. It belongs to mingzhang_append, so that no view or
policy with code of the session''s own takes its place; the application may only fill it.';

CREATE FUNCTION ledger.append_staged(
    first_booked date, first_booked_plain date, read_ids text[], read_versions bigint[],
    stops_known_to bigint, keys text[], hashes bytea[], offsets int[], answers bytea[],
    OUT first_position bigint, OUT moment timestamptz
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    last_position bigint;
    written bigint;
    in_order boolean;
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
    SELECT g.last_position, g.moment INTO last_position, moment
    FROM ledger.enter(
        first_booked, first_booked_plain, read_ids, read_versions, stops_known_to) g;
    first_position := last_position + 1;
    INSERT INTO ledger.events
    SELECT s.originator_id, s.originator_version, s.topic, s.state, last_position + s.ordinal,
           moment, s.salt
    FROM pg_temp.staged s;
    PERFORM ledger.leave(
        last_position, moment, last_position + written, keys, hashes, offsets, answers);
END $$;
COMMENT ON FUNCTION ledger.append_staged IS
'Appends many events: those staged in this transaction, with ordinals 1 to n, with their
receipts. Events of periods are refused here (MZ003).';

ALTER FUNCTION ledger.stage OWNER TO mingzhang_append;
ALTER FUNCTION ledger.append_staged OWNER TO mingzhang_append;
REVOKE ALL ON FUNCTION ledger.stage, ledger.append_staged FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger.stage, ledger.append_staged TO mingzhang_app;
