-- Ending sessions that keep the append lock.

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

ALTER FUNCTION ledger.end_stalled OWNER TO mingzhang_append;
REVOKE ALL ON FUNCTION ledger.end_stalled FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger.end_stalled TO mingzhang_app;
