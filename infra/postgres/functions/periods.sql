-- The days through which the books are closed, as the log says.

CREATE FUNCTION ledger.keep_periods() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    closed date;
    soft date;
BEGIN
    WITH said AS (
        SELECT e.originator_id AS period, e.topic, e.notification_id AS position,
               (said ->> 'through')::date AS through,
               coalesce(said ->> 'soft_through', said ->> 'through')::date AS soft_through
        FROM ledger.events e, LATERAL (SELECT convert_from(e.state, 'UTF8')::json AS said) s
        WHERE e.originator_id >= 'period:' COLLATE "C" AND e.originator_id < 'period;' COLLATE "C"
    ), last_said AS (
        SELECT DISTINCT ON (period) topic, soft_through FROM said
        WHERE topic <> 'period.closed.v1'
        ORDER BY period, position DESC
    ), standing AS (
        SELECT through FROM said c
        WHERE topic = 'period.closed.v1' AND NOT EXISTS (
            SELECT FROM said r
            WHERE r.topic = 'period.books-reopened.v1' AND r.period = c.period
              AND r.position > c.position AND r.through <= c.through)
    )
    SELECT coalesce((SELECT max(through) FROM standing), '0001-01-01'),
           (SELECT max(soft_through) FROM last_said WHERE topic <> 'period.reopened.v1')
    INTO closed, soft;
    UPDATE ledger.periods SET closed_through = closed, soft_through = greatest(closed, soft);
END $$;
COMMENT ON FUNCTION ledger.keep_periods IS
'Sets the row of ledger.periods as all events of periods say, so that none is closed without
its event. A closing stands until its period is opened again through its day or an earlier one.';

CREATE FUNCTION ledger.soft_closer() RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT said #>> '{act,by}' FROM (
        SELECT DISTINCT ON (e.originator_id) e.topic, convert_from(e.state, 'UTF8')::json AS said
        FROM ledger.events e
        WHERE e.originator_id >= 'period:' COLLATE "C" AND e.originator_id < 'period;' COLLATE "C"
          AND e.topic <> 'period.closed.v1'
        ORDER BY e.originator_id, e.notification_id DESC
    ) last_said
    WHERE topic <> 'period.reopened.v1'
    ORDER BY coalesce(said ->> 'soft_through', said ->> 'through')::date DESC, said #>> '{act,by}' COLLATE "C" DESC LIMIT 1;
$$;
COMMENT ON FUNCTION ledger.soft_closer IS 'Returns who soft-closed the last soft-closed days.';

ALTER FUNCTION ledger.keep_periods OWNER TO mingzhang_append;
ALTER FUNCTION ledger.soft_closer OWNER TO mingzhang_append;
REVOKE ALL ON FUNCTION ledger.keep_periods, ledger.soft_closer FROM PUBLIC;
