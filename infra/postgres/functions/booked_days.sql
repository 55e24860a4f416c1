-- The days on which events are booked, read from what is stored.

CREATE FUNCTION ledger.first_booked(topics text[], states bytea[]) RETURNS date
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    first_day date;
    dated boolean;
BEGIN
    SELECT min(booked), bool_and(booked IS NOT NULL) INTO first_day, dated
    FROM (
        SELECT (convert_from(e.state, 'UTF8')::json #>> '{act,booked}')::date AS booked
        FROM unnest(topics, states) e(topic, state)
        WHERE e.topic IN (SELECT t.topic FROM ledger.topics t WHERE t.books)
    ) days;
    IF NOT dated THEN
        RAISE EXCEPTION 'an event that is booked says no day' USING ERRCODE = 'MZ003';
    END IF;
    RETURN first_day;
END $$;
COMMENT ON FUNCTION ledger.first_booked IS
'Returns the earliest booked day of events that move money or goods, null if none does.';

CREATE FUNCTION ledger.require_second_person(through date, topics text[], states bytea[])
RETURNS void LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    closer text := ledger.soft_closer();
BEGIN
    IF EXISTS (
        SELECT FROM (
            SELECT convert_from(e.state, 'UTF8')::json -> 'act' AS act
            FROM unnest(topics, states) e(topic, state)
            WHERE e.topic IN (SELECT t.topic FROM ledger.topics t WHERE t.books)
        ) booked
        WHERE (act ->> 'booked')::date <= through
          AND (coalesce(act ->> 'reason', '') = '' OR act ->> 'by' = closer)
    ) THEN
        RAISE EXCEPTION 'soft-closed through %', through USING ERRCODE = 'MZ002';
    END IF;
END $$;
COMMENT ON FUNCTION ledger.require_second_person IS
'Refuses (MZ002) what is booked on a soft-closed day without a reason, or by who closed it.';

CREATE FUNCTION ledger.require_open_after(topics text[], states bytea[]) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    closed date;
BEGIN
    WITH said AS (
        SELECT e.topic, convert_from(e.state, 'UTF8')::json AS state, e.n
        FROM unnest(topics, states) WITH ORDINALITY e(topic, state, n)
    )
    SELECT max((c.state ->> 'through')::date) INTO closed
    FROM said c JOIN said b ON b.n > c.n JOIN ledger.topics t ON t.topic = b.topic AND t.books
    WHERE c.topic = 'period.closed.v1'
      AND (b.state #>> '{act,booked}')::date <= (c.state ->> 'through')::date;
    IF closed IS NOT NULL THEN
        RAISE EXCEPTION 'closed through %', closed USING ERRCODE = 'MZ001';
    END IF;
END $$;
COMMENT ON FUNCTION ledger.require_open_after IS
'Refuses (MZ001) what is booked on a day that an earlier event of the same append has closed.';

ALTER FUNCTION ledger.first_booked OWNER TO mingzhang_append;
ALTER FUNCTION ledger.require_second_person OWNER TO mingzhang_append;
ALTER FUNCTION ledger.require_open_after OWNER TO mingzhang_append;
REVOKE ALL ON FUNCTION ledger.first_booked, ledger.require_second_person,
    ledger.require_open_after FROM PUBLIC;
