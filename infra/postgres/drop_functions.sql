-- Removes every function of an earlier format before today's are laid: signatures and results may
-- have changed, and no function of a format that is gone stays behind.
DO $$
DECLARE
    old regprocedure;
BEGIN
    FOR old IN
        SELECT p.oid FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
        WHERE n.nspname IN ('ledger', 'vault')
    LOOP
        EXECUTE format('DROP FUNCTION %s', old);
    END LOOP;
END $$;
