-- The days through which the books are closed, as the log says.

CREATE FUNCTION ledger.keep_periods() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    closed date;
    soft date;
BEGIN
    WITH said AS (
        SELECT e.originator_id AS period, e.topic, e.notification_id AS position,
               (convert_from(e.state, 'UTF8')::json ->> 'through')::date AS through
        FROM ledger.events e
        WHERE e.originator_id >= 'period:' COLLATE "C" AND e.originator_id < 'period;' COLLATE "C"
    ), last_said AS (
        SELECT DISTINCT ON (period) topic, through FROM said
        WHERE topic IN ('period.soft-closed.v1', 'period.reopened.v1')
        ORDER BY period, position DESC
    )
    SELECT (SELECT max(through) FROM said WHERE topic = 'period.closed.v1'),
           (SELECT max(through) FROM last_said WHERE topic = 'period.soft-closed.v1')
    INTO closed, soft;
    UPDATE ledger.periods
    SET closed_through = greatest(closed_through, closed),
        soft_through = greatest(closed_through, closed, soft);
END $$;
COMMENT ON FUNCTION ledger.keep_periods IS
'Sets the row of ledger.periods as all events of periods say, so that none is closed without
its event.';

ALTER FUNCTION ledger.keep_periods OWNER TO mingzhang_append;
REVOKE ALL ON FUNCTION ledger.keep_periods FROM PUBLIC;
