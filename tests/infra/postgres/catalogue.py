"""What PostgreSQL's catalogue says of a ledger's schema, in a form that two ledgers can share."""

from __future__ import annotations

import hashlib
from typing import Any, TypeAlias

import psycopg

Catalogue: TypeAlias = dict[str, list[tuple[Any, ...]]]
SCHEMAS = "('ledger', 'vault', 'delivery', 'office', 'views', 'views_next')"
IN_SCHEMAS = f"n.nspname IN {SCHEMAS}"
# A privilege list that was never touched is null; both forms are written out and put in order.
PRIVILEGES = """(SELECT coalesce(string_agg(
        format('%s %s %s', grantee::regrole, privilege_type, is_grantable), ', '
        ORDER BY grantee::regrole::text, privilege_type), '')
    FROM aclexplode(coalesce({acl}, acldefault('{kind}', {owner}))))"""


def _privileges(acl: str, kind: str, owner: str) -> str:
    return PRIVILEGES.format(acl=acl, kind=kind, owner=owner)


QUESTIONS = {
    "schemas": f"""SELECT nspname, nspowner::regrole::text,
            {_privileges("nspacl", "n", "nspowner")}
        FROM pg_namespace n WHERE {IN_SCHEMAS}""",
    "tables": f"""SELECT n.nspname, relname, relkind, relowner::regrole::text, relpersistence,
            relrowsecurity, reloptions, relhastriggers,
            {_privileges("relacl", "r", "relowner")}
        FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
        WHERE {IN_SCHEMAS} AND relkind NOT IN ('i', 't')""",
    "columns": f"""SELECT n.nspname, relname, attnum, attname, format_type(atttypid, atttypmod),
            attnotnull, attstorage, attacl, attidentity, attgenerated, attcollation::regcollation,
            pg_get_expr(adbin, adrelid)
        FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid
        JOIN pg_namespace n ON n.oid = relnamespace
        LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
        WHERE {IN_SCHEMAS} AND relkind = 'r' AND attnum > 0 AND NOT attisdropped""",
    "constraints": f"""SELECT n.nspname, conrelid::regclass::text, conname,
            pg_get_constraintdef(k.oid), convalidated
        FROM pg_constraint k JOIN pg_namespace n ON n.oid = connamespace WHERE {IN_SCHEMAS}""",
    "indexes": f"""SELECT n.nspname, relname, pg_get_indexdef(c.oid), relowner::regrole::text
        FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
        WHERE {IN_SCHEMAS} AND relkind = 'i'""",
    "functions": f"""SELECT n.nspname, p.oid::regprocedure::text, proowner::regrole::text,
            pg_get_functiondef(p.oid), {_privileges("proacl", "f", "proowner")}
        FROM pg_proc p JOIN pg_namespace n ON n.oid = pronamespace WHERE {IN_SCHEMAS}""",
    "triggers": f"""SELECT tgrelid::regclass::text, tgfoid::regproc::text, tgtype, tgenabled
        FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid
        JOIN pg_namespace n ON n.oid = relnamespace WHERE {IN_SCHEMAS}""",
    "comments": f"""SELECT d.classoid::regclass::text, identity, d.description
        FROM pg_description d, pg_identify_object(d.classoid, d.objoid, d.objsubid)
        WHERE schema IN {SCHEMAS} OR type = 'schema' AND identity IN {SCHEMAS}""",
    "database": f"""SELECT
            replace({_privileges("datacl", "d", "datdba")}, '_app_' || current_database(), '_app_*')
        FROM pg_database WHERE datname = current_database()""",
    "roles": """SELECT rolname, rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolcanlogin,
            rolreplication, rolbypassrls, rolconfig
        FROM pg_roles WHERE rolname LIKE 'mingzhang%'""",
    "memberships": """SELECT roleid::regrole::text, member::regrole::text, admin_option,
            inherit_option, set_option
        FROM pg_auth_members WHERE roleid::regrole::text LIKE 'mingzhang%'""",
}


def catalogue(owner_url: str) -> Catalogue:
    """Read the schema of a ledger: a list of rows for each kind of object, in a fixed order."""
    with psycopg.connect(owner_url) as connection:
        # Names of objects are written with their schemas.
        connection.execute("SET search_path = pg_catalog")
        return {
            kind: sorted(connection.execute(question.encode()).fetchall(), key=repr)
            for kind, question in QUESTIONS.items()
        }


# What makes a format, of the schemas that migrations and functions make.
DEFINING = ("schemas", "tables", "columns", "constraints", "indexes", "functions")


def digest(said: Catalogue) -> str:
    """Return a short digest of what belongs to a ledger's format: views and comments do not."""
    defining = [
        row for kind in DEFINING for row in said[kind] if not str(row[0]).startswith("views")
    ]
    return hashlib.sha256(repr(defining).encode()).hexdigest()[:16]
