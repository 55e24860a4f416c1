-- The database's roles. They belong to the server, and nobody logs in as one of them: each ledger
-- has a login of its own, made beside these (roles.py).
DO $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('mingzhang roles'));
    IF to_regrole('mingzhang_owner') IS NULL THEN CREATE ROLE mingzhang_owner NOLOGIN; END IF;
    IF to_regrole('mingzhang_append') IS NULL THEN CREATE ROLE mingzhang_append NOLOGIN; END IF;
    IF to_regrole('mingzhang_vault') IS NULL THEN CREATE ROLE mingzhang_vault NOLOGIN; END IF;
    IF to_regrole('mingzhang_app') IS NULL THEN CREATE ROLE mingzhang_app NOLOGIN; END IF;
END $$;
