-- Sessions of the application: those that keep the append lock, and those that read what was.

CREATE FUNCTION ledger.end_stalled(watched text[], OUT holders text[], OUT ended int)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    SELECT coalesce(array_agg(l.pid || ' ' || l.virtualtransaction), '{}') INTO holders
    FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
    WHERE l.relation = 'ledger.gate'::regclass AND l.mode = 'ExclusiveLock' AND l.granted
      AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND pg_has_role(a.usesysid, 'USAGE');
    SELECT count(*) FILTER (WHERE pg_terminate_backend(split_part(h, ' ', 1)::int)) INTO ended
    FROM unnest(holders) h WHERE h = ANY (watched);
END $$;
COMMENT ON FUNCTION ledger.end_stalled IS
'Ends sessions of the application that hold the append lock and are among the watched; returns all
that hold it, each as pid and virtual transaction.';

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
