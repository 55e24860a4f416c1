-- Sessions of the application: those that keep the append lock, and those that read what was.

CREATE FUNCTION ledger.end_stalled(
    watched text, repeated int[], since bigint, xids text[],
    OUT holder text, OUT holder_xids text[], OUT inserting boolean, OUT head bigint,
    OUT appended boolean, OUT ended int
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    WITH locks AS MATERIALIZED (SELECT * FROM pg_locks WHERE granted)
    SELECT g.pid || ' ' || g.virtualtransaction,
           array_agg(o.transactionid::text) FILTER (
               WHERE o.locktype = 'transactionid' AND o.mode = 'ExclusiveLock'),
           bool_or(coalesce(o.mode = 'RowExclusiveLock' AND o.relation = g.events, false))
    INTO holder, holder_xids, inserting
    FROM (
        SELECT l.pid, l.virtualtransaction, 'ledger.events'::regclass AS events
        FROM locks l JOIN pg_stat_activity a ON a.pid = l.pid
        WHERE l.relation = 'ledger.gate'::regclass AND l.mode = 'ExclusiveLock'
          AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
          AND pg_has_role(a.usesysid, 'USAGE')
    ) g JOIN locks o ON o.pid = g.pid
    GROUP BY g.pid, g.virtualtransaction;
    SELECT coalesce(max(e.notification_id), 0) INTO head FROM ledger.events e;
    appended := EXISTS (
        SELECT FROM ledger.events e
        WHERE e.notification_id = since + 1 AND e.xmin::text = ANY (xids));
    SELECT count(*) FILTER (WHERE pg_terminate_backend(a.pid)) INTO ended
    FROM pg_stat_activity a
    WHERE a.datname = current_database() AND pg_has_role(a.usesysid, 'USAGE')
      AND a.pid <> pg_backend_pid()
      AND (a.pid = ANY (repeated) OR holder = watched AND a.pid = split_part(holder, ' ', 1)::int);
END $$;
COMMENT ON FUNCTION ledger.end_stalled IS
'Ends the session that holds the append lock, if it is the watched one (its pid and its virtual
transaction), and the sessions of the application that held it again and again (`repeated`, by pid).
Returns who holds it, by which transactions (`holder_xids`), whether events are being inserted, and
the head; `appended` tells whether the event behind `since` is one of the transactions `xids`.';

CREATE FUNCTION ledger.older_readers(than xid) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
      AND wait_event_type IS DISTINCT FROM 'Lock' AND age(backend_xmin) > age(than);
$$;
COMMENT ON FUNCTION ledger.older_readers IS
'Counts sessions that read what was before a transaction; those that wait for a lock do not count.';

ALTER FUNCTION ledger.end_stalled OWNER TO mingzhang_append;
ALTER FUNCTION ledger.older_readers OWNER TO mingzhang_append;
REVOKE ALL ON FUNCTION ledger.end_stalled, ledger.older_readers FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger.end_stalled, ledger.older_readers TO mingzhang_app;
