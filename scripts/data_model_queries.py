"""Questions to PostgreSQL's catalogue, for docs/data-model.md."""

from typing import Final

# What the questions call: the schemas of a ledger, and what others than an owner may do.
FUNCTIONS_OF_A_SESSION: Final = """
CREATE FUNCTION pg_temp.ours(schema name) RETURNS boolean LANGUAGE sql AS $$
    SELECT schema IN ('ledger', 'vault', 'delivery', 'office', 'views', 'views_next')
$$;
CREATE FUNCTION pg_temp.allowed(acl aclitem[], owner oid) RETURNS text LANGUAGE sql AS $$
    SELECT coalesce(string_agg(format('`%s` %s', who, what), '; ' ORDER BY who), '')
    FROM (SELECT CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END AS who,
                 string_agg(privilege_type, ', ' ORDER BY privilege_type) AS what
          FROM aclexplode(acl) WHERE grantee <> owner GROUP BY grantee) granted
$$"""
ROLES: Final = """
    SELECT rolname, rolcanlogin FROM pg_roles WHERE rolname ~ '^mingzhang_(?!app_)'
    ORDER BY rolname"""
SCHEMAS: Final = """
    SELECT nspname, nspowner::regrole::text, pg_temp.allowed(nspacl, nspowner),
           coalesce(obj_description(oid, 'pg_namespace'), '')
    FROM pg_namespace WHERE pg_temp.ours(nspname)
    ORDER BY array_position(ARRAY['ledger', 'vault', 'delivery', 'office', 'views', 'views_next'],
                            nspname::text)"""
TABLES: Final = """
    SELECT n.nspname, c.relname, relowner::regrole::text, pg_temp.allowed(relacl, relowner)
    FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
    WHERE pg_temp.ours(n.nspname) AND relkind NOT IN ('i', 'I', 't', 'S') ORDER BY c.relname"""
COLUMNS: Final = """
    SELECT attname, format_type(atttypid, atttypmod)
        || CASE WHEN attnotnull THEN '' ELSE ', may be null' END
        || CASE WHEN attidentity = '' THEN '' ELSE ', numbered' END
        || coalesce(', default ' || pg_get_expr(adbin, adrelid), '')
    FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
    WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum"""
COMMENTS: Final = """
    SELECT coalesce(attname, ''), description
    FROM pg_description
    LEFT JOIN pg_attribute ON attrelid = objoid AND attnum = objsubid AND objsubid > 0
    WHERE objoid = %s::regclass AND classoid = 'pg_class'::regclass"""
# Keys, checks and references; then indexes that belong to none of them.
KEYS: Final = """
    SELECT pg_get_constraintdef(oid) AS said FROM pg_constraint
    WHERE conrelid = %(table)s::regclass AND contype <> 'n'
    UNION ALL
    SELECT regexp_replace(pg_get_indexdef(indexrelid), '^CREATE (.*INDEX) .* USING ', '\\1 ')
    FROM pg_index WHERE indrelid = %(table)s::regclass
      AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
    ORDER BY said"""
FUNCTIONS: Final = """
    SELECT nspname || '.' || proname, pg_temp.allowed(proacl, proowner),
           coalesce(obj_description(p.oid, 'pg_proc'), '')
    FROM pg_proc p JOIN pg_namespace n ON n.oid = pronamespace
    WHERE nspname = %s ORDER BY proname"""
BODIES: Final = """
    SELECT nspname || '.' || proname, prosrc
    FROM pg_proc JOIN pg_namespace n ON n.oid = pronamespace WHERE pg_temp.ours(nspname)"""
