--
-- PostgreSQL database dump
--


-- Dumped from database version 18.4
-- Dumped by pg_dump version 18.4

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET transaction_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: delivery; Type: SCHEMA; Schema: -; Owner: mingzhang_app
--

CREATE SCHEMA delivery;


ALTER SCHEMA delivery OWNER TO mingzhang_app;

--
-- Name: ledger; Type: SCHEMA; Schema: -; Owner: mingzhang_append
--

CREATE SCHEMA ledger;


ALTER SCHEMA ledger OWNER TO mingzhang_append;

--
-- Name: vault; Type: SCHEMA; Schema: -; Owner: mingzhang_vault
--

CREATE SCHEMA vault;


ALTER SCHEMA vault OWNER TO mingzhang_vault;

--
-- Name: views; Type: SCHEMA; Schema: -; Owner: mingzhang_app
--

CREATE SCHEMA views;


ALTER SCHEMA views OWNER TO mingzhang_app;

--
-- Name: views_next; Type: SCHEMA; Schema: -; Owner: mingzhang_app
--

CREATE SCHEMA views_next;


ALTER SCHEMA views_next OWNER TO mingzhang_app;

--
-- Name: append(text[], bigint[], text[], bytea[], bytea[], date, date, text[], bigint[], bigint, text[], bytea[], integer[], bytea[]); Type: FUNCTION; Schema: ledger; Owner: mingzhang_append
--

CREATE FUNCTION ledger.append(ids text[], versions bigint[], topics text[], states bytea[], salts bytea[], first_booked date, first_booked_plain date, read_ids text[], read_versions bigint[], stops_known_to bigint, keys text[], hashes bytea[], offsets integer[], answers bytea[], OUT first_position bigint, OUT moment timestamp with time zone) RETURNS record
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
    last_position bigint;
BEGIN
    SELECT g.last_position, g.moment INTO last_position, moment
    FROM ledger.enter(
        first_booked, first_booked_plain, read_ids, read_versions, stops_known_to) g;
    first_position := last_position + 1;
    INSERT INTO ledger.events
    SELECT e.id, e.version, e.topic, e.state, last_position + e.n, moment, e.salt
    FROM unnest(ids, versions, topics, states, salts)
        WITH ORDINALITY AS e(id, version, topic, state, salt, n);
    IF topics && ARRAY['period.soft-closed.v1', 'period.closed.v1', 'period.reopened.v1'] THEN
        PERFORM ledger.keep_periods();
    END IF;
    PERFORM ledger.leave(
        last_position, moment, last_position + cardinality(ids), keys, hashes, offsets, answers);
END $$;


ALTER FUNCTION ledger.append(ids text[], versions bigint[], topics text[], states bytea[], salts bytea[], first_booked date, first_booked_plain date, read_ids text[], read_versions bigint[], stops_known_to bigint, keys text[], hashes bytea[], offsets integer[], answers bytea[], OUT first_position bigint, OUT moment timestamp with time zone) OWNER TO mingzhang_append;

--
-- Name: append_staged(date, date, text[], bigint[], bigint, text[], bytea[], integer[], bytea[]); Type: FUNCTION; Schema: ledger; Owner: mingzhang_append
--

CREATE FUNCTION ledger.append_staged(first_booked date, first_booked_plain date, read_ids text[], read_versions bigint[], stops_known_to bigint, keys text[], hashes bytea[], offsets integer[], answers bytea[], OUT first_position bigint, OUT moment timestamp with time zone) RETURNS record
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
    last_position bigint;
    written bigint;
    in_order boolean;
BEGIN
    IF NOT EXISTS (
        SELECT FROM pg_class
        WHERE oid = to_regclass('pg_temp.staged') AND relowner = 'mingzhang_append'::regrole
    ) THEN
        RAISE EXCEPTION 'call ledger.stage() first' USING ERRCODE = 'MZ003';
    END IF;
    SELECT count(*), min(s.ordinal) = 1 AND max(s.ordinal) = count(*)
           AND NOT bool_or(s.topic LIKE 'period.%')
    INTO written, in_order FROM pg_temp.staged s;
    IF NOT in_order THEN
        RAISE EXCEPTION 'staged are not 1 to % events that may come in bulk', written
            USING ERRCODE = 'MZ003';
    END IF;
    SELECT g.last_position, g.moment INTO last_position, moment
    FROM ledger.enter(
        first_booked, first_booked_plain, read_ids, read_versions, stops_known_to) g;
    first_position := last_position + 1;
    INSERT INTO ledger.events
    SELECT s.originator_id, s.originator_version, s.topic, s.state, last_position + s.ordinal,
           moment, s.salt
    FROM pg_temp.staged s;
    PERFORM ledger.leave(
        last_position, moment, last_position + written, keys, hashes, offsets, answers);
END $$;


ALTER FUNCTION ledger.append_staged(first_booked date, first_booked_plain date, read_ids text[], read_versions bigint[], stops_known_to bigint, keys text[], hashes bytea[], offsets integer[], answers bytea[], OUT first_position bigint, OUT moment timestamp with time zone) OWNER TO mingzhang_append;

--
-- Name: end_stalled(text[]); Type: FUNCTION; Schema: ledger; Owner: mingzhang_append
--

CREATE FUNCTION ledger.end_stalled(watched text[], OUT holders text[], OUT ended integer) RETURNS record
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    SELECT coalesce(array_agg(l.pid || ' ' || l.virtualtransaction), '{}') INTO holders
    FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
    WHERE l.relation = 'ledger.gate'::regclass AND l.mode = 'ExclusiveLock' AND l.granted
      AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND pg_has_role(a.usesysid, 'USAGE');
    SELECT count(*) FILTER (WHERE pg_terminate_backend(split_part(h, ' ', 1)::int)) INTO ended
    FROM unnest(holders) h WHERE h = ANY (watched);
END $$;


ALTER FUNCTION ledger.end_stalled(watched text[], OUT holders text[], OUT ended integer) OWNER TO mingzhang_append;

--
-- Name: enter(date, date, text[], bigint[], bigint); Type: FUNCTION; Schema: ledger; Owner: mingzhang_append
--

CREATE FUNCTION ledger.enter(first_booked date, first_booked_plain date, read_ids text[], read_versions bigint[], stops_known_to bigint, OUT last_position bigint, OUT moment timestamp with time zone) RETURNS record
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
    p ledger.periods%ROWTYPE;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'append in READ COMMITTED only' USING ERRCODE = 'MZ003';
    END IF;
    LOCK TABLE ledger.gate IN EXCLUSIVE MODE;
    IF EXISTS (
        SELECT FROM unnest(read_ids, read_versions) r(id, version)
        WHERE r.version IS DISTINCT FROM (
            SELECT coalesce(max(e.originator_version), 0)
            FROM ledger.events e WHERE e.originator_id = r.id COLLATE "C")
    ) THEN
        RAISE EXCEPTION 'a stream has moved on' USING ERRCODE = 'MZ004';
    END IF;
    SELECT * INTO p FROM ledger.periods;
    IF first_booked <= p.closed_through THEN
        RAISE EXCEPTION 'closed through %', p.closed_through USING ERRCODE = 'MZ001';
    END IF;
    IF first_booked_plain <= p.soft_through THEN
        RAISE EXCEPTION 'soft-closed through %', p.soft_through USING ERRCODE = 'MZ002';
    END IF;
    SELECT e.notification_id, greatest(clock_timestamp(), e.recorded_at)
    INTO last_position, moment
    FROM ledger.events e ORDER BY e.notification_id DESC LIMIT 1;
    IF NOT FOUND THEN
        last_position := 0;
        moment := clock_timestamp();
    END IF;
    IF EXISTS (
        SELECT FROM ledger.events e
        WHERE e.notification_id > stops_known_to AND e.notification_id <= last_position
          AND e.topic IN (
              'entitlement.stopped.v1', 'entitlement.suspended.v1', 'person.death-reported.v1')
    ) THEN
        RAISE EXCEPTION 'somebody was stopped meanwhile' USING ERRCODE = 'MZ004';
    END IF;
END $$;


ALTER FUNCTION ledger.enter(first_booked date, first_booked_plain date, read_ids text[], read_versions bigint[], stops_known_to bigint, OUT last_position bigint, OUT moment timestamp with time zone) OWNER TO mingzhang_append;

--
-- Name: keep_periods(); Type: FUNCTION; Schema: ledger; Owner: mingzhang_append
--

CREATE FUNCTION ledger.keep_periods() RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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


ALTER FUNCTION ledger.keep_periods() OWNER TO mingzhang_append;

--
-- Name: leave(bigint, timestamp with time zone, bigint, text[], bytea[], integer[], bytea[]); Type: FUNCTION; Schema: ledger; Owner: mingzhang_append
--

CREATE FUNCTION ledger.leave(last_position bigint, moment timestamp with time zone, head bigint, keys text[], hashes bytea[], offsets integer[], answers bytea[]) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    INSERT INTO ledger.receipts
    SELECT r.key, r.hash, last_position + 1 + r.start, moment, r.answer
    FROM unnest(keys, hashes, offsets, answers) AS r(key, hash, start, answer);
    PERFORM pg_notify('ledger', head::text);
END $$;


ALTER FUNCTION ledger.leave(last_position bigint, moment timestamp with time zone, head bigint, keys text[], hashes bytea[], offsets integer[], answers bytea[]) OWNER TO mingzhang_append;

--
-- Name: stage(); Type: FUNCTION; Schema: ledger; Owner: mingzhang_append
--

CREATE FUNCTION ledger.stage() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    CREATE TEMPORARY TABLE staged (
        ordinal int NOT NULL, originator_id text COLLATE "C" NOT NULL,
        originator_version bigint NOT NULL, topic text NOT NULL, state bytea NOT NULL,
        salt bytea NOT NULL
    ) ON COMMIT DELETE ROWS;
    EXECUTE format('GRANT INSERT ON pg_temp.staged TO %I', session_user);
END $$;


ALTER FUNCTION ledger.stage() OWNER TO mingzhang_append;

--
-- Name: take_turn(); Type: FUNCTION; Schema: ledger; Owner: mingzhang_append
--

CREATE FUNCTION ledger.take_turn() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    LOCK TABLE ledger.gate IN EXCLUSIVE MODE;
END $$;


ALTER FUNCTION ledger.take_turn() OWNER TO mingzhang_append;

--
-- Name: read(text); Type: FUNCTION; Schema: vault; Owner: mingzhang_vault
--

CREATE FUNCTION vault.read(subject text, OUT wrapped_key bytea, OUT content bytea) RETURNS record
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
    SELECT s.wrapped_key, s.content FROM vault.sealed s WHERE s.subject = $1;
$_$;


ALTER FUNCTION vault.read(subject text, OUT wrapped_key bytea, OUT content bytea) OWNER TO mingzhang_vault;

--
-- Name: seal(text[], bytea[], bytea[]); Type: FUNCTION; Schema: vault; Owner: mingzhang_vault
--

CREATE FUNCTION vault.seal(subjects text[], wrapped_keys bytea[], contents bytea[]) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
    INSERT INTO vault.sealed
    SELECT * FROM unnest($1, $2, $3)
    ON CONFLICT (subject)
    DO UPDATE SET wrapped_key = excluded.wrapped_key, content = excluded.content;
$_$;


ALTER FUNCTION vault.seal(subjects text[], wrapped_keys bytea[], contents bytea[]) OWNER TO mingzhang_vault;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: dead_letters; Type: TABLE; Schema: delivery; Owner: mingzhang_app
--

CREATE TABLE delivery.dead_letters (
    subject text NOT NULL COLLATE pg_catalog."C",
    died_at timestamp with time zone NOT NULL,
    "position" bigint NOT NULL,
    attempts integer NOT NULL,
    answer text NOT NULL
);


ALTER TABLE delivery.dead_letters OWNER TO mingzhang_app;

--
-- Name: webhooks; Type: TABLE; Schema: delivery; Owner: mingzhang_app
--

CREATE TABLE delivery.webhooks (
    subject text NOT NULL COLLATE pg_catalog."C",
    version bigint NOT NULL,
    "position" bigint NOT NULL,
    calling bigint,
    called_at timestamp with time zone,
    attempts integer DEFAULT 0 NOT NULL,
    due_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    ended text,
    answer text DEFAULT ''::text NOT NULL,
    calls bigint DEFAULT 0 NOT NULL,
    failures bigint DEFAULT 0 NOT NULL,
    CONSTRAINT webhooks_ended_check CHECK ((ended = ANY (ARRAY['dead'::text, 'gone'::text])))
);


ALTER TABLE delivery.webhooks OWNER TO mingzhang_app;

--
-- Name: events; Type: TABLE; Schema: ledger; Owner: mingzhang_append
--

CREATE TABLE ledger.events (
    originator_id text NOT NULL COLLATE pg_catalog."C",
    originator_version bigint NOT NULL,
    topic text NOT NULL,
    state bytea NOT NULL,
    notification_id bigint NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    salt bytea NOT NULL,
    CONSTRAINT events_salt_check CHECK ((octet_length(salt) = 32))
);


ALTER TABLE ledger.events OWNER TO mingzhang_append;

--
-- Name: format; Type: TABLE; Schema: ledger; Owner: mingzhang_append
--

CREATE TABLE ledger.format (
    version integer NOT NULL
);


ALTER TABLE ledger.format OWNER TO mingzhang_append;

--
-- Name: gate; Type: TABLE; Schema: ledger; Owner: mingzhang_append
--

CREATE TABLE ledger.gate (
);


ALTER TABLE ledger.gate OWNER TO mingzhang_append;

--
-- Name: periods; Type: TABLE; Schema: ledger; Owner: mingzhang_append
--

CREATE TABLE ledger.periods (
    closed_through date DEFAULT '0001-01-01'::date NOT NULL,
    soft_through date DEFAULT '0001-01-01'::date NOT NULL
);


ALTER TABLE ledger.periods OWNER TO mingzhang_append;

--
-- Name: receipts; Type: TABLE; Schema: ledger; Owner: mingzhang_append
--

CREATE TABLE ledger.receipts (
    key text NOT NULL COLLATE pg_catalog."C",
    hash bytea NOT NULL,
    first_position bigint NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    answer bytea NOT NULL
);


ALTER TABLE ledger.receipts OWNER TO mingzhang_append;

--
-- Name: sealed; Type: TABLE; Schema: vault; Owner: mingzhang_vault
--

CREATE TABLE vault.sealed (
    subject text NOT NULL COLLATE pg_catalog."C",
    wrapped_key bytea,
    content bytea
);


ALTER TABLE vault.sealed OWNER TO mingzhang_vault;

--
-- Name: balance_cells; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.balance_cells (
    series integer NOT NULL,
    block integer NOT NULL,
    booked date NOT NULL,
    value bigint NOT NULL,
    n integer NOT NULL,
    last smallint NOT NULL,
    at integer[] NOT NULL,
    sums bigint[] NOT NULL,
    counts integer[] NOT NULL,
    offsets smallint[] NOT NULL,
    amounts bigint[] NOT NULL,
    places integer[] NOT NULL
);


ALTER TABLE views.balance_cells OWNER TO mingzhang_app;

--
-- Name: balance_payers; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.balance_payers (
    payer text NOT NULL,
    programme text NOT NULL
);


ALTER TABLE views.balance_payers OWNER TO mingzhang_app;

--
-- Name: balance_places; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.balance_places (
    id integer NOT NULL,
    area text NOT NULL COLLATE pg_catalog."C"
);


ALTER TABLE views.balance_places OWNER TO mingzhang_app;

--
-- Name: balance_places_id_seq; Type: SEQUENCE; Schema: views; Owner: mingzhang_app
--

ALTER TABLE views.balance_places ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME views.balance_places_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: balance_series; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.balance_series (
    id integer NOT NULL,
    account text NOT NULL COLLATE pg_catalog."C",
    unit text NOT NULL COLLATE pg_catalog."C",
    class text NOT NULL COLLATE pg_catalog."C",
    fund text NOT NULL COLLATE pg_catalog."C",
    earmark text NOT NULL COLLATE pg_catalog."C",
    detail text NOT NULL COLLATE pg_catalog."C",
    programme text NOT NULL COLLATE pg_catalog."C"
);


ALTER TABLE views.balance_series OWNER TO mingzhang_app;

--
-- Name: balance_series_id_seq; Type: SEQUENCE; Schema: views; Owner: mingzhang_app
--

ALTER TABLE views.balance_series ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME views.balance_series_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: balance_tail; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.balance_tail (
    "position" bigint NOT NULL,
    series integer NOT NULL,
    place integer NOT NULL,
    booked date NOT NULL,
    value bigint NOT NULL
);


ALTER TABLE views.balance_tail OWNER TO mingzhang_app;

--
-- Name: fact_cells; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.fact_cells (
    series integer NOT NULL,
    block integer NOT NULL,
    booked date NOT NULL,
    value bigint NOT NULL,
    n integer NOT NULL,
    last smallint NOT NULL,
    at integer[] NOT NULL,
    sums bigint[] NOT NULL,
    counts integer[] NOT NULL,
    offsets smallint[] NOT NULL,
    amounts bigint[] NOT NULL,
    places integer[] NOT NULL
);


ALTER TABLE views.fact_cells OWNER TO mingzhang_app;

--
-- Name: fact_names; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.fact_names (
    id integer NOT NULL,
    name text NOT NULL COLLATE pg_catalog."C"
);


ALTER TABLE views.fact_names OWNER TO mingzhang_app;

--
-- Name: fact_names_id_seq; Type: SEQUENCE; Schema: views; Owner: mingzhang_app
--

ALTER TABLE views.fact_names ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME views.fact_names_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: fact_places; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.fact_places (
    id integer NOT NULL,
    area text NOT NULL COLLATE pg_catalog."C"
);


ALTER TABLE views.fact_places OWNER TO mingzhang_app;

--
-- Name: fact_places_id_seq; Type: SEQUENCE; Schema: views; Owner: mingzhang_app
--

ALTER TABLE views.fact_places ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME views.fact_places_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: fact_series; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.fact_series (
    id integer NOT NULL,
    measure text NOT NULL COLLATE pg_catalog."C",
    unit text NOT NULL COLLATE pg_catalog."C",
    programme text NOT NULL COLLATE pg_catalog."C",
    fund text NOT NULL COLLATE pg_catalog."C",
    detail text NOT NULL COLLATE pg_catalog."C"
);


ALTER TABLE views.fact_series OWNER TO mingzhang_app;

--
-- Name: fact_series_id_seq; Type: SEQUENCE; Schema: views; Owner: mingzhang_app
--

ALTER TABLE views.fact_series ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME views.fact_series_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: fact_tail; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.fact_tail (
    "position" bigint NOT NULL,
    series integer NOT NULL,
    place integer NOT NULL,
    booked date NOT NULL,
    value bigint NOT NULL
);


ALTER TABLE views.fact_tail OWNER TO mingzhang_app;

--
-- Name: fact_whos; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.fact_whos (
    "position" bigint NOT NULL,
    series integer NOT NULL,
    place integer NOT NULL,
    booked date NOT NULL,
    value bigint NOT NULL,
    of_ integer NOT NULL,
    who integer NOT NULL
);


ALTER TABLE views.fact_whos OWNER TO mingzhang_app;

--
-- Name: journal; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.journal (
    "position" bigint NOT NULL,
    line smallint NOT NULL,
    account integer NOT NULL,
    said integer NOT NULL,
    value bigint NOT NULL,
    booked date NOT NULL,
    on_ date NOT NULL
);


ALTER TABLE views.journal OWNER TO mingzhang_app;

--
-- Name: journal_accounts; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.journal_accounts (
    id integer NOT NULL,
    account text NOT NULL COLLATE pg_catalog."C",
    unit text NOT NULL COLLATE pg_catalog."C",
    class text NOT NULL COLLATE pg_catalog."C",
    fund text NOT NULL COLLATE pg_catalog."C",
    programme text NOT NULL COLLATE pg_catalog."C"
);


ALTER TABLE views.journal_accounts OWNER TO mingzhang_app;

--
-- Name: journal_accounts_id_seq; Type: SEQUENCE; Schema: views; Owner: mingzhang_app
--

ALTER TABLE views.journal_accounts ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME views.journal_accounts_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: journal_sayings; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.journal_sayings (
    id integer NOT NULL,
    area text NOT NULL COLLATE pg_catalog."C",
    class text NOT NULL COLLATE pg_catalog."C",
    topic text NOT NULL COLLATE pg_catalog."C",
    by_ text NOT NULL COLLATE pg_catalog."C"
);


ALTER TABLE views.journal_sayings OWNER TO mingzhang_app;

--
-- Name: journal_sayings_id_seq; Type: SEQUENCE; Schema: views; Owner: mingzhang_app
--

ALTER TABLE views.journal_sayings ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME views.journal_sayings_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: positions; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.positions (
    view text NOT NULL,
    "position" bigint DEFAULT 0 NOT NULL,
    stopped text,
    built integer DEFAULT 0 NOT NULL,
    shape text DEFAULT ''::text NOT NULL
);


ALTER TABLE views.positions OWNER TO mingzhang_app;

--
-- Name: received_days; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.received_days (
    fund text NOT NULL,
    earmark text NOT NULL,
    booked date NOT NULL,
    donated bigint NOT NULL
);


ALTER TABLE views.received_days OWNER TO mingzhang_app;

--
-- Name: register_heads; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.register_heads (
    subject text NOT NULL COLLATE pg_catalog."C",
    version bigint NOT NULL,
    opened_position bigint NOT NULL,
    last_position bigint NOT NULL,
    opened_on date NOT NULL,
    latest_on date NOT NULL,
    "row" jsonb NOT NULL
);


ALTER TABLE views.register_heads OWNER TO mingzhang_app;

--
-- Name: register_patches; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.register_patches (
    subject text NOT NULL COLLATE pg_catalog."C",
    "position" bigint NOT NULL,
    on_ date NOT NULL,
    version bigint NOT NULL,
    "row" jsonb NOT NULL
);


ALTER TABLE views.register_patches OWNER TO mingzhang_app;

--
-- Name: roll_areas; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.roll_areas (
    area text NOT NULL COLLATE pg_catalog."C",
    "position" bigint NOT NULL,
    on_ date NOT NULL,
    parent text NOT NULL
);


ALTER TABLE views.roll_areas OWNER TO mingzhang_app;

--
-- Name: roll_changes; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.roll_changes (
    "position" bigint NOT NULL,
    entitlement text NOT NULL COLLATE pg_catalog."C",
    kind text NOT NULL,
    month text NOT NULL,
    tier text NOT NULL,
    amount bigint NOT NULL,
    units bigint NOT NULL,
    income bigint NOT NULL
);


ALTER TABLE views.roll_changes OWNER TO mingzhang_app;

--
-- Name: roll_deaths; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.roll_deaths (
    person text NOT NULL COLLATE pg_catalog."C",
    "position" bigint NOT NULL,
    month text NOT NULL
);


ALTER TABLE views.roll_deaths OWNER TO mingzhang_app;

--
-- Name: roll_entitlements; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.roll_entitlements (
    entitlement text NOT NULL COLLATE pg_catalog."C",
    scheme text NOT NULL COLLATE pg_catalog."C",
    holder text NOT NULL COLLATE pg_catalog."C",
    payee text NOT NULL,
    area text NOT NULL,
    state text NOT NULL,
    granted_at bigint,
    tier text DEFAULT ''::text NOT NULL,
    amount bigint DEFAULT 0 NOT NULL,
    units bigint DEFAULT 1 NOT NULL,
    income bigint DEFAULT 0 NOT NULL,
    income_from text DEFAULT ''::text NOT NULL,
    starts text DEFAULT ''::text NOT NULL,
    ends text DEFAULT ''::text NOT NULL
);


ALTER TABLE views.roll_entitlements OWNER TO mingzhang_app;

--
-- Name: roll_members; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.roll_members (
    household text NOT NULL COLLATE pg_catalog."C",
    person text NOT NULL COLLATE pg_catalog."C",
    "position" bigint NOT NULL,
    first text NOT NULL,
    left_at bigint,
    last text DEFAULT ''::text NOT NULL
);


ALTER TABLE views.roll_members OWNER TO mingzhang_app;

--
-- Name: roll_rates; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.roll_rates (
    scheme text NOT NULL COLLATE pg_catalog."C",
    "position" bigint NOT NULL,
    line integer NOT NULL,
    area text NOT NULL,
    tier text NOT NULL,
    from_ text NOT NULL,
    amount bigint NOT NULL
);


ALTER TABLE views.roll_rates OWNER TO mingzhang_app;

--
-- Name: roll_runs; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.roll_runs (
    run text NOT NULL COLLATE pg_catalog."C",
    scheme text NOT NULL COLLATE pg_catalog."C",
    month text NOT NULL,
    "position" bigint NOT NULL
);


ALTER TABLE views.roll_runs OWNER TO mingzhang_app;

--
-- Name: roll_schemes; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.roll_schemes (
    scheme text NOT NULL COLLATE pg_catalog."C",
    "position" bigint NOT NULL,
    pays text NOT NULL,
    formula text NOT NULL,
    after_death_months integer NOT NULL,
    follows text
);


ALTER TABLE views.roll_schemes OWNER TO mingzhang_app;

--
-- Name: stock_held; Type: TABLE; Schema: views; Owner: mingzhang_app
--

CREATE TABLE views.stock_held (
    fund text NOT NULL,
    earmark text NOT NULL,
    kind text NOT NULL,
    pieces bigint NOT NULL
);


ALTER TABLE views.stock_held OWNER TO mingzhang_app;

--
-- Data for Name: dead_letters; Type: TABLE DATA; Schema: delivery; Owner: mingzhang_app
--

INSERT INTO delivery.dead_letters VALUES
	('webhook:receiver', '2026-11-27 21:21:15.631746+00', 104, 1, '410');


--
-- Data for Name: webhooks; Type: TABLE DATA; Schema: delivery; Owner: mingzhang_app
--

INSERT INTO delivery.webhooks VALUES
	('webhook:receiver', 1, 103, NULL, '2026-11-27 21:21:15.623361+00', 1, '2026-11-27 21:21:15.63171+00', 'gone', '410', 1, 1);


--
-- Data for Name: events; Type: TABLE DATA; Schema: ledger; Owner: mingzhang_append
--

INSERT INTO ledger.events VALUES
	('role:clerk-1', 1, 'role.granted.v1', '\x7b226f726967696e61746f725f6964223a22726f6c653a636c65726b2d31222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a226f70657261746f723a6c6f63616c222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d31227d2c2277686f223a22636c65726b2d31222c22726f6c65223a22636c65726b222c22726f6c6573223a5b22636c65726b225d7d', 1, '2026-11-27 21:21:14.012281+00', '\x846ccf5d847553179edca2ae760f374cd579dc0da46701debf1fbc12f972e4a4'),
	('role:reviewer-1', 1, 'role.granted.v1', '\x7b226f726967696e61746f725f6964223a22726f6c653a72657669657765722d31222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a226f70657261746f723a6c6f63616c222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d32227d2c2277686f223a2272657669657765722d31222c22726f6c65223a227265766965776572222c22726f6c6573223a5b227265766965776572225d7d', 2, '2026-11-27 21:21:14.025773+00', '\xf3959034ad65ae5cb021baa84f407358a24bab9494810fe1d185e6adb00f2d5f'),
	('role:approver-1', 1, 'role.granted.v1', '\x7b226f726967696e61746f725f6964223a22726f6c653a617070726f7665722d31222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a226f70657261746f723a6c6f63616c222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d33227d2c2277686f223a22617070726f7665722d31222c22726f6c65223a22617070726f766572222c22726f6c6573223a5b22617070726f766572225d7d', 3, '2026-11-27 21:21:14.033542+00', '\xc9bdc6f5f202f758c377acb140d27690d1742e9287aa4f239ff4e6c2f10f0e94'),
	('role:treasurer-1', 1, 'role.granted.v1', '\x7b226f726967696e61746f725f6964223a22726f6c653a7472656173757265722d31222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a226f70657261746f723a6c6f63616c222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d34227d2c2277686f223a227472656173757265722d31222c22726f6c65223a22747265617375726572222c22726f6c6573223a5b22747265617375726572225d7d', 4, '2026-11-27 21:21:14.038673+00', '\xb3dcc1fc29f9113eccf35280a8b9ea77cbeb114c0eef3dd23dface7f75c9e589'),
	('role:treasurer-2', 1, 'role.granted.v1', '\x7b226f726967696e61746f725f6964223a22726f6c653a7472656173757265722d32222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a226f70657261746f723a6c6f63616c222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d35227d2c2277686f223a227472656173757265722d32222c22726f6c65223a22747265617375726572222c22726f6c6573223a5b22747265617375726572225d7d', 5, '2026-11-27 21:21:14.048085+00', '\x26df20a97bbee60cb9b62de77d5ba46c974c60ee48cad9ec74e2714799b2f807'),
	('fund:x', 1, 'fund.opened.v1', '\x7b226f726967696e61746f725f6964223a2266756e643a78222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d36227d2c227469746c65223a22e69591e58aa9e8b584e98791222c226b696e64223a2266697363616c222c226261736973223a2263617368222c226b6565706572223a226f7267616e69736174696f6e3a636976696c2d616666616972732d627572656175222c22707572706f736573223a5b226169642d706f6f72225d7d', 6, '2026-11-27 21:21:14.053253+00', '\x0315e754641f13b4dcc389d52e11ca083537f7068cf1c7cb437340e157ce62b3'),
	('fund:x', 2, 'fund.received.v1', '\x7b226f726967696e61746f725f6964223a2266756e643a78222c226f726967696e61746f725f76657273696f6e223a322c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d37227d2c22616d6f756e74223a31303030302c226561726d61726b223a2267656e6572616c222c22736f75726365223a2266697363616c222c22646f63756d656e74223a22e68ba8e6acbee58d95227d', 7, '2026-11-27 21:21:14.062148+00', '\xdbb3cbbfa5a067651f53918953e31c807b9d5279d50defe789d3523994f28f81'),
	('area:city', 1, 'area.opened.v1', '\x7b226f726967696e61746f725f6964223a22617265613a63697479222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a22617070726f7665722d31222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d38227d2c227469746c65223a22e585a8e5b882222c226c6576656c223a2263697479227d', 8, '2026-11-27 21:21:14.075133+00', '\xfede63891840aba13df43e63a91ac8f8e1bf93b43be0f5bae1c248413055a8cd'),
	('scheme:aid', 1, 'scheme.adopted.v1', '\x7b226f726967696e61746f725f6964223a22736368656d653a616964222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a22617070726f7665722d31222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d39227d2c227469746c65223a22e8a1a5e58aa9222c2270726f6772616d6d65223a22616964222c22707572706f7365223a226169642d706f6f72222c22706572223a22706572736f6e222c2270617973223a226d6f6e74686c79222c22666f726d756c61223a22666c6174222c227261746573223a5b7b2274696572223a2261222c2266726f6d5f223a22323030362d30312d3031222c22616d6f756e74223a31302c22617574686f72697479223a22e5b882e694bfe5ba9ce4bba4e7acac31e58fb7227d5d7d', 9, '2026-11-27 21:21:14.086418+00', '\xd6b03e70aeebae7fb247dfadfbc1899d21343ccc1bc46f4e36f6a943ebbddfb4'),
	('period:2005', 1, 'period.soft-closed.v1', '\x7b226f726967696e61746f725f6964223a22706572696f643a32303035222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d3130227d2c227468726f756768223a22323030352d31322d3331227d', 10, '2026-11-27 21:21:14.094387+00', '\x89c4ca67a220a58723df0f390150f317288a03da9ba2239d9c9eeef4d6ac5234'),
	('period:2005', 2, 'period.closed.v1', '\x7b226f726967696e61746f725f6964223a22706572696f643a32303035222c226f726967696e61746f725f76657273696f6e223a322c22616374223a7b226279223a227472656173757265722d32222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d3131227d2c227468726f756768223a22323030352d31322d3331227d', 11, '2026-11-27 21:21:14.108224+00', '\x419b1b71597b1fba61dd4e1c8aaa02ebb24969572f61780fcc31a2a4888da1d8'),
	('person:aid-000000', 1, 'person.registered.v1', '\x7b226f726967696e61746f725f6964223a22706572736f6e3a6169642d303030303030222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a22636c65726b2d31222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d3132227d7d', 12, '2026-11-27 21:21:14.327535+00', '\x26aa055636aeef2eade062991698c9826a831a89fa60b6f8767f69f54cfb3e12'),
	('entitlement:aid-000000', 1, 'entitlement.brought-in.v1', '\x7b226f726967696e61746f725f6964223a22656e7469746c656d656e743a6169642d303030303030222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a22636c65726b2d31222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d3132227d2c22686f6c646572223a22706572736f6e3a6169642d303030303030222c2270726f6772616d6d65223a22616964222c2261726561223a22617265613a63697479222c226f726967696e223a2262726f756768742d696e222c2274696572223a2261222c2266726f6d5f223a22323030362d30312d3031222c22736368656d65223a22736368656d653a616964227d', 13, '2026-11-27 21:21:14.327535+00', '\xbb2ad6041383a4cd5157e6d0bc5b56da9d901cf82712b8cdc546e8ed78ae1409'),
	('person:aid-000001', 1, 'person.registered.v1', '\x7b226f726967696e61746f725f6964223a22706572736f6e3a6169642d303030303031222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a22636c65726b2d31222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d3132227d7d', 14, '2026-11-27 21:21:14.327535+00', '\xbb007fba86a8da7c508cff6c90a8a5234731d7bda567879ee8e99943b0b33f59'),
	('entitlement:aid-000001', 1, 'entitlement.brought-in.v1', '\x7b226f726967696e61746f725f6964223a22656e7469746c656d656e743a6169642d303030303031222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a22636c65726b2d31222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d3132227d2c22686f6c646572223a22706572736f6e3a6169642d303030303031222c2270726f6772616d6d65223a22616964222c2261726561223a22617265613a63697479222c226f726967696e223a2262726f756768742d696e222c2274696572223a2261222c2266726f6d5f223a22323030362d30312d3031222c22736368656d65223a22736368656d653a616964227d', 15, '2026-11-27 21:21:14.327535+00', '\x4c9aada6876fe69cd99f13e8d4d7c07cae6cb3494d6e177b067da99573c60085'),
	('person:aid-000002', 1, 'person.registered.v1', '\x7b226f726967696e61746f725f6964223a22706572736f6e3a6169642d303030303032222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a22636c65726b2d31222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d3132227d7d', 16, '2026-11-27 21:21:14.327535+00', '\x4ef6eff048bfd4b175dcfb77226cd3a47ed20ad58151aa973c1b97c5dd795041'),
	('entitlement:aid-000002', 1, 'entitlement.brought-in.v1', '\x7b226f726967696e61746f725f6964223a22656e7469746c656d656e743a6169642d303030303032222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a22636c65726b2d31222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d3132227d2c22686f6c646572223a22706572736f6e3a6169642d303030303032222c2270726f6772616d6d65223a22616964222c2261726561223a22617265613a63697479222c226f726967696e223a2262726f756768742d696e222c2274696572223a2261222c2266726f6d5f223a22323030362d30312d3031222c22736368656d65223a22736368656d653a616964227d', 17, '2026-11-27 21:21:14.327535+00', '\x66b5675226a9eee4d11f1f75cf08d3ef07dea74565e51b82b4ada5863d6c146d'),
	('person:aid-000003', 1, 'person.registered.v1', '\x7b226f726967696e61746f725f6964223a22706572736f6e3a6169642d303030303033222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a22636c65726b2d31222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d3132227d7d', 18, '2026-11-27 21:21:14.327535+00', '\x66c4fd8df644fd8e08c1ffd5016d122b01a9b7554d3db7b6cf27f17e9a20feff'),
	('entitlement:aid-000003', 1, 'entitlement.brought-in.v1', '\x7b226f726967696e61746f725f6964223a22656e7469746c656d656e743a6169642d303030303033222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a22636c65726b2d31222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d3132227d2c22686f6c646572223a22706572736f6e3a6169642d303030303033222c2270726f6772616d6d65223a22616964222c2261726561223a22617265613a63697479222c226f726967696e223a2262726f756768742d696e222c2274696572223a2261222c2266726f6d5f223a22323030362d30312d3031222c22736368656d65223a22736368656d653a616964227d', 19, '2026-11-27 21:21:14.327535+00', '\x9531a52dacdd8eeeb49d27202f77084417b928bf08e0df1da593afbd5571d1f0'),
	('person:aid-000004', 1, 'person.registered.v1', '\x7b226f726967696e61746f725f6964223a22706572736f6e3a6169642d303030303034222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a22636c65726b2d31222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d3132227d7d', 20, '2026-11-27 21:21:14.327535+00', '\xa4c84a36aec2e5e630f8858731142509cb71267a044dc645ff3f26da0f4f6d0f'),
	('entitlement:aid-000004', 1, 'entitlement.brought-in.v1', '\x7b226f726967696e61746f725f6964223a22656e7469746c656d656e743a6169642d303030303034222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a22636c65726b2d31222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d3132227d2c22686f6c646572223a22706572736f6e3a6169642d303030303034222c2270726f6772616d6d65223a22616964222c2261726561223a22617265613a63697479222c226f726967696e223a2262726f756768742d696e222c2274696572223a2261222c2266726f6d5f223a22323030362d30312d3031222c22736368656d65223a22736368656d653a616964227d', 21, '2026-11-27 21:21:14.327535+00', '\x26fd66af8d7df80593f76f5eb7c934981b9dec05bb127d3bb77dee1b63cdcc13'),
	('person:aid-000005', 1, 'person.registered.v1', '\x7b226f726967696e61746f725f6964223a22706572736f6e3a6169642d303030303035222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a22636c65726b2d31222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d3132227d7d', 22, '2026-11-27 21:21:14.327535+00', '\x79c62f91c4083c6e6a7f66d9c16c7f4fd97a65547810c5204584714aadafb3f0'),
	('entitlement:aid-000005', 1, 'entitlement.brought-in.v1', '\x7b226f726967696e61746f725f6964223a22656e7469746c656d656e743a6169642d303030303035222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a22636c65726b2d31222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d3132227d2c22686f6c646572223a22706572736f6e3a6169642d303030303035222c2270726f6772616d6d65223a22616964222c2261726561223a22617265613a63697479222c226f726967696e223a2262726f756768742d696e222c2274696572223a2261222c2266726f6d5f223a22323030362d30312d3031222c22736368656d65223a22736368656d653a616964227d', 23, '2026-11-27 21:21:14.327535+00', '\x7b7401d9e85c6f1b0991bab3634723cf32863d460fc57f9722f468b7a54d81db'),
	('person:aid-000006', 1, 'person.registered.v1', '\x7b226f726967696e61746f725f6964223a22706572736f6e3a6169642d303030303036222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a22636c65726b2d31222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d3132227d7d', 24, '2026-11-27 21:21:14.327535+00', '\xaf3b0aaee3b09b645dcbcb810aa376186119975286167d6e86d04d413b4463cf'),
	('entitlement:aid-000006', 1, 'entitlement.brought-in.v1', '\x7b226f726967696e61746f725f6964223a22656e7469746c656d656e743a6169642d303030303036222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a22636c65726b2d31222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d3132227d2c22686f6c646572223a22706572736f6e3a6169642d303030303036222c2270726f6772616d6d65223a22616964222c2261726561223a22617265613a63697479222c226f726967696e223a2262726f756768742d696e222c2274696572223a2261222c2266726f6d5f223a22323030362d30312d3031222c22736368656d65223a22736368656d653a616964227d', 25, '2026-11-27 21:21:14.327535+00', '\xa16da2086abf27f8a842668af0766c6721fe6e7989d10e4c89a1460dcff80d49'),
	('pay-run:aid:2007-03', 2, 'pay-run.reviewed.v1', '\x7b226f726967696e61746f725f6964223a227061792d72756e3a6169643a323030372d3033222c226f726967696e61746f725f76657273696f6e223a322c22616374223a7b226279223a2272657669657765722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3134227d2c22646967657374223a2231636263336466323832396638396530356530313864366366663162646639386264383133666233356236333736366234356163333336316461643065323232227d', 27, '2026-11-27 21:21:14.369166+00', '\xd0da26c27a7860244759552531925dc5b723fb1958f8bcbebab8f882caea04d1'),
	('entitlement:aid-000003', 2, 'entitlement.stopped.v1', '\x7b226f726967696e61746f725f6964223a22656e7469746c656d656e743a6169642d303030303033222c226f726967696e61746f725f76657273696f6e223a322c22616374223a7b226279223a22636c65726b2d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3136227d2c22686f6c646572223a22706572736f6e3a6169642d303030303033222c2270726f6772616d6d65223a22616964222c2261726561223a22617265613a63697479222c226f726967696e223a2262726f756768742d696e222c22726561736f6e223a22e8bf81e587ba222c2266726f6d5f223a22323030372d30332d3031227d', 30, '2026-11-27 21:21:14.387376+00', '\xa61e5e11a80d1953f3ea4ded1565ea8e3ced79c596027297e419f1d1ce12c180'),
	('payment:aid:2007-03:03c5f34ec388b5170b11', 2, 'payment.returned.v1', '\x7b226f726967696e61746f725f6964223a227061796d656e743a6169643a323030372d30333a3033633566333465633338386235313730623131222c226f726967696e61746f725f76657273696f6e223a322c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3138227d2c2272756e223a227061792d72756e3a6169643a323030372d3033222c2266756e64223a2266756e643a78222c226561726d61726b223a2267656e6572616c222c2270726f6772616d6d65223a22616964222c22616d6f756e74223a31302c22726561736f6e223a22e8b4a6e688b7e5b7b2e6b3a8e99480222c2262616e6b5f726566223a22e59b9ee79b982d31227d', 39, '2026-11-27 21:21:14.436967+00', '\xfc46cf228652e7e0100666352b188db514a43932765f28c01db5e2ca3b9d40db'),
	('payment:aid:2007-03:1867379356404f314e2a', 2, 'payment.returned.v1', '\x7b226f726967696e61746f725f6964223a227061796d656e743a6169643a323030372d30333a3138363733373933353634303466333134653261222c226f726967696e61746f725f76657273696f6e223a322c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3138227d2c2272756e223a227061792d72756e3a6169643a323030372d3033222c2266756e64223a2266756e643a78222c226561726d61726b223a2267656e6572616c222c2270726f6772616d6d65223a22616964222c22616d6f756e74223a31302c22726561736f6e223a22e8b4a6e688b7e5b7b2e6b3a8e99480222c2262616e6b5f726566223a22e59b9ee79b982d31227d', 40, '2026-11-27 21:21:14.436967+00', '\x0cc97ba8425474db5358af694dd082f3dd9f898dd7636dbcd663832e9cc32bdf'),
	('fund:x', 4, 'fund.uncommitted.v1', '\x7b226f726967696e61746f725f6964223a2266756e643a78222c226f726967696e61746f725f76657273696f6e223a342c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3138227d2c22616d6f756e74223a31302c226561726d61726b223a2267656e6572616c222c226f66223a227061792d72756e3a6169643a323030372d3033222c226361757365223a227061792d72756e3a6169643a323030372d3033227d', 41, '2026-11-27 21:21:14.436967+00', '\x2f23c66966954dd3a2ccff559a3a11fff72047da5cffee36590961bbb36a1f36'),
	('pay-run:aid:2007-03', 6, 'pay-run.settled.v1', '\x7b226f726967696e61746f725f6964223a227061792d72756e3a6169643a323030372d3033222c226f726967696e61746f725f76657273696f6e223a362c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3138227d2c2262616e6b5f726566223a22e59b9ee79b982d31222c2272657475726e65645f6c696e6573223a322c2272657475726e65645f616d6f756e74223a32307d', 42, '2026-11-27 21:21:14.436967+00', '\xf506c4dd72b3890c1437b7e41c461050629fb0da1037310d9219a261ac1e1741'),
	('fund:x', 6, 'fund.committed.v1', '\x7b226f726967696e61746f725f6964223a2266756e643a78222c226f726967696e61746f725f76657273696f6e223a362c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3231227d2c22616d6f756e74223a332c226561726d61726b223a2267656e6572616c222c22746f223a227061792d72756e3a6169643a323030372d3033222c22707572706f7365223a226169642d706f6f72222c226361757365223a227061796d656e743a6169643a323030372d30333a6133626335663234653461633962336338353739227d', 46, '2026-11-27 21:21:14.501128+00', '\x71d551afbfa792f78a8f048f7032c63716fbff3401834d3a2bb84d75f843d23c'),
	('payment:aid:2007-03:5925fc8c47ea6bf3c6d4', 2, 'payment.supplemented.v1', '\x7b226f726967696e61746f725f6964223a227061796d656e743a6169643a323030372d30333a3539323566633863343765613662663363366434222c226f726967696e61746f725f76657273696f6e223a322c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3231227d2c2272756e223a227061792d72756e3a6169643a323030372d3033222c227061796d656e74223a227061796d656e743a6169643a323030372d30333a6133626335663234653461633962336338353739222c2266756e64223a2266756e643a78222c226561726d61726b223a2267656e6572616c222c22616d6f756e74223a332c22726561736f6e223a22e5b091e58f91227d', 47, '2026-11-27 21:21:14.501128+00', '\xc1ce8accdf36c265a4a09b9edbedcc981e87ff7d8f06147df2b3c7a988e86994'),
	('payment:aid:2007-03:a3bc5f24e4ac9b3c8579', 1, 'payment.made.v1', '\x7b226f726967696e61746f725f6964223a227061796d656e743a6169643a323030372d30333a6133626335663234653461633962336338353739222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3231227d2c2272756e223a227061792d72756e3a6169643a323030372d3033222c22736368656d65223a22736368656d653a616964222c2270726f6772616d6d65223a22616964222c2266756e64223a2266756e643a78222c226561726d61726b223a2267656e6572616c222c2261726561223a22617265613a63697479222c2274696572223a2261222c226d6f6e7468223a22323030372d3033222c22706572736f6e73223a302c22686f757365686f6c6473223a302c22616d6f756e74223a332c22726174655f66726f6d223a22323030362d30312d3031222c22636f6d706c65746573223a227061796d656e743a6169643a323030372d30333a3539323566633863343765613662663363366434227d', 48, '2026-11-27 21:21:14.501128+00', '\xccef7533f8b43347ad5748bde67f90aed4b0b36e0ef2f4205629843d614f46b6'),
	('recovery:v-1', 3, 'recovery.written-off.v1', '\x7b226f726967696e61746f725f6964223a227265636f766572793a762d31222c226f726967696e61746f725f76657273696f6e223a332c22616374223a7b226279223a22617070726f7665722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3234227d2c22616d6f756e74223a362c227061727473223a5b7b2266756e64223a2266756e643a78222c226561726d61726b223a2267656e6572616c222c2270726f6772616d6d65223a22616964222c22616d6f756e74223a367d5d7d', 53, '2026-11-27 21:21:14.526936+00', '\xdb518d30589057bbe7fd97fea294b956ac7c6ea95b103f2400a96648fcf1b108'),
	('pay-run:low:2007-03', 1, 'pay-run.drawn-up.v1', '\x7b226f726967696e61746f725f6964223a227061792d72756e3a6c6f773a323030372d3033222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a22636c65726b2d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3238227d2c22736368656d65223a22736368656d653a6c6f77222c2270726f6772616d6d65223a226c6f77222c22707572706f7365223a226169642d706f6f72222c226d6f6e7468223a22323030372d3033222c2266756e64223a2266756e643a78222c226561726d61726b223a2267656e6572616c222c22726f6c6c5f6174223a35392c22636f756e74223a312c22706572736f6e73223a322c22746f74616c223a36302c22646967657374223a2232363639623631386633306561386135663864663531356238663664653262363636393034326439396235333430653130643561383236633732653234643466222c2268656c645f6261636b223a307d', 60, '2026-11-27 21:21:14.582328+00', '\x2678ff22d9e93db8483900b3ef15ac5cdcf74be67d03d6c301a13dd3e035a58c'),
	('payment:low:2007-03:d88b46c734bb99cabac4', 1, 'payment.made.v1', '\x7b226f726967696e61746f725f6964223a227061796d656e743a6c6f773a323030372d30333a6438386234366337333462623939636162616334222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3331227d2c2272756e223a227061792d72756e3a6c6f773a323030372d3033222c22736368656d65223a22736368656d653a6c6f77222c2270726f6772616d6d65223a226c6f77222c2266756e64223a2266756e643a78222c226561726d61726b223a2267656e6572616c222c2261726561223a22617265613a63697479222c2274696572223a2261222c226d6f6e7468223a22323030372d3033222c22706572736f6e73223a322c22686f757365686f6c6473223a312c22616d6f756e74223a36302c22726174655f66726f6d223a22323030362d30312d3031227d', 64, '2026-11-27 21:21:14.600905+00', '\x6d02aa2cf148564d8c9e24e45bbb4481ebc3048e0acee0a0299cfa93f0701ea1'),
	('pay-run:low:2007-03', 4, 'pay-run.chunk-released.v1', '\x7b226f726967696e61746f725f6964223a227061792d72756e3a6c6f773a323030372d3033222c226f726967696e61746f725f76657273696f6e223a342c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3331227d2c22736368656d65223a22736368656d653a6c6f77222c226d6f6e7468223a22323030372d3033222c2266726f6d5f6c696e65223a302c22746f5f6c696e65223a312c2270616964223a312c22706572736f6e73223a322c22616d6f756e74223a36302c22677561726473223a5b223035613834306531326565613166353834376561222c223161383733363938363631333239613661393133225d7d', 65, '2026-11-27 21:21:14.600905+00', '\x471b7892ded9a362ffa2f4a10b5682419d9024807a87b69d8dab3f44460f4892'),
	('pay-run:low:2007-03', 5, 'pay-run.released.v1', '\x7b226f726967696e61746f725f6964223a227061792d72756e3a6c6f773a323030372d3033222c226f726967696e61746f725f76657273696f6e223a352c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3331227d2c2270616964223a312c22706169645f706572736f6e73223a322c22706169645f616d6f756e74223a36307d', 66, '2026-11-27 21:21:14.600905+00', '\xf4576a0682d2481912d1da0329bc4d93e4941489f361d21658df9931f005b10f'),
	('pay-run:price:2007-03', 2, 'pay-run.reviewed.v1', '\x7b226f726967696e61746f725f6964223a227061792d72756e3a70726963653a323030372d3033222c226f726967696e61746f725f76657273696f6e223a322c22616374223a7b226279223a2272657669657765722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3334227d2c22646967657374223a2230643534336337396536323735393638646666376263343038313239313665643032636539383036653537643530666638643531363531346662316139636435227d', 69, '2026-11-27 21:21:14.615582+00', '\xb9571028c9278d0d0ee7088039ca98a4af58304104ee52f02fed95dee93eaf10'),
	('pay-run:low:2007-04', 1, 'pay-run.drawn-up.v1', '\x7b226f726967696e61746f725f6964223a227061792d72756e3a6c6f773a323030372d3034222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a22636c65726b2d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3338227d2c22736368656d65223a22736368656d653a6c6f77222c2270726f6772616d6d65223a226c6f77222c22707572706f7365223a226169642d706f6f72222c226d6f6e7468223a22323030372d3034222c2266756e64223a2266756e643a78222c226561726d61726b223a2267656e6572616c222c22726f6c6c5f6174223a37362c22636f756e74223a312c22706572736f6e73223a322c22746f74616c223a36302c22646967657374223a2235303437343831363530306163396234643164373862653530656636613064623739323433626238616261323835633565633037306366336565373332363230222c2268656c645f6261636b223a307d', 77, '2026-11-27 21:21:14.640861+00', '\xf2041a4c8dcd0bf08bd01f4036dc5ab80cdd55923e5d6f7d84398dbd19ea0506'),
	('pay-run:keyed:2007-03', 5, 'pay-run.released.v1', '\x7b226f726967696e61746f725f6964223a227061792d72756e3a6b657965643a323030372d3033222c226f726967696e61746f725f76657273696f6e223a352c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3537227d2c2270616964223a312c22706169645f706572736f6e73223a312c22706169645f616d6f756e74223a31327d', 101, '2026-11-27 21:21:14.796851+00', '\xd9444d7aa6efe1f8a6f54507c17a8227157990bf06089ed0989ba684b23b720a'),
	('pay-run:aid:2007-03', 1, 'pay-run.drawn-up.v1', '\x7b226f726967696e61746f725f6964223a227061792d72756e3a6169643a323030372d3033222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a22636c65726b2d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3133227d2c22736368656d65223a22736368656d653a616964222c2270726f6772616d6d65223a22616964222c22707572706f7365223a226169642d706f6f72222c226d6f6e7468223a22323030372d3033222c2266756e64223a2266756e643a78222c226561726d61726b223a2267656e6572616c222c22726f6c6c5f6174223a32352c22636f756e74223a372c22706572736f6e73223a372c22746f74616c223a37302c22646967657374223a2231636263336466323832396638396530356530313864366366663162646639386264383133666233356236333736366234356163333336316461643065323232222c2268656c645f6261636b223a307d', 26, '2026-11-27 21:21:14.362172+00', '\x19b8d6000121a9124b18142a213d9a76267dcf33330182cb57d4654b47bfd821'),
	('fund:x', 3, 'fund.committed.v1', '\x7b226f726967696e61746f725f6964223a2266756e643a78222c226f726967696e61746f725f76657273696f6e223a332c22616374223a7b226279223a22617070726f7665722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3135227d2c22616d6f756e74223a37302c226561726d61726b223a2267656e6572616c222c22746f223a227061792d72756e3a6169643a323030372d3033222c22707572706f7365223a226169642d706f6f72222c226361757365223a227061792d72756e3a6169643a323030372d3033227d', 28, '2026-11-27 21:21:14.379509+00', '\xd4b31c6992b3b7b3c67a2c934eca6e95afcd2a4e8487ec295a9321cfde1c3b0a'),
	('pay-run:aid:2007-03', 3, 'pay-run.approved.v1', '\x7b226f726967696e61746f725f6964223a227061792d72756e3a6169643a323030372d3033222c226f726967696e61746f725f76657273696f6e223a332c22616374223a7b226279223a22617070726f7665722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3135227d2c22646967657374223a2231636263336466323832396638396530356530313864366366663162646639386264383133666233356236333736366234356163333336316461643065323232227d', 29, '2026-11-27 21:21:14.379509+00', '\xb337b5a6723489b8da5c0402a02f263ed871f5a737edcbac71c5d290c0039148'),
	('payment:aid:2007-03:03c5f34ec388b5170b11', 1, 'payment.made.v1', '\x7b226f726967696e61746f725f6964223a227061796d656e743a6169643a323030372d30333a3033633566333465633338386235313730623131222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3137227d2c2272756e223a227061792d72756e3a6169643a323030372d3033222c22736368656d65223a22736368656d653a616964222c2270726f6772616d6d65223a22616964222c2266756e64223a2266756e643a78222c226561726d61726b223a2267656e6572616c222c2261726561223a22617265613a63697479222c2274696572223a2261222c226d6f6e7468223a22323030372d3033222c22706572736f6e73223a312c22686f757365686f6c6473223a302c22616d6f756e74223a31302c22726174655f66726f6d223a22323030362d30312d3031227d', 31, '2026-11-27 21:21:14.429592+00', '\x53e6a46eee7fa53eb87cb95e868e9e5bfa6f550710c0335badecbe20f5add454'),
	('payment:aid:2007-03:1867379356404f314e2a', 1, 'payment.made.v1', '\x7b226f726967696e61746f725f6964223a227061796d656e743a6169643a323030372d30333a3138363733373933353634303466333134653261222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3137227d2c2272756e223a227061792d72756e3a6169643a323030372d3033222c22736368656d65223a22736368656d653a616964222c2270726f6772616d6d65223a22616964222c2266756e64223a2266756e643a78222c226561726d61726b223a2267656e6572616c222c2261726561223a22617265613a63697479222c2274696572223a2261222c226d6f6e7468223a22323030372d3033222c22706572736f6e73223a312c22686f757365686f6c6473223a302c22616d6f756e74223a31302c22726174655f66726f6d223a22323030362d30312d3031227d', 32, '2026-11-27 21:21:14.429592+00', '\x695e6873b385218a6461c559cbea92d9d28abec4fc7418e10c656cfeaf1879c4'),
	('payment:aid:2007-03:5925fc8c47ea6bf3c6d4', 1, 'payment.made.v1', '\x7b226f726967696e61746f725f6964223a227061796d656e743a6169643a323030372d30333a3539323566633863343765613662663363366434222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3137227d2c2272756e223a227061792d72756e3a6169643a323030372d3033222c22736368656d65223a22736368656d653a616964222c2270726f6772616d6d65223a22616964222c2266756e64223a2266756e643a78222c226561726d61726b223a2267656e6572616c222c2261726561223a22617265613a63697479222c2274696572223a2261222c226d6f6e7468223a22323030372d3033222c22706572736f6e73223a312c22686f757365686f6c6473223a302c22616d6f756e74223a31302c22726174655f66726f6d223a22323030362d30312d3031227d', 33, '2026-11-27 21:21:14.429592+00', '\x5bd46d469ea408f4551c40d30096e51519af06614a20b4e9052bd7ef0111ee6f'),
	('payment:aid:2007-03:61ed758f4017e4ef1773', 1, 'payment.made.v1', '\x7b226f726967696e61746f725f6964223a227061796d656e743a6169643a323030372d30333a3631656437353866343031376534656631373733222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3137227d2c2272756e223a227061792d72756e3a6169643a323030372d3033222c22736368656d65223a22736368656d653a616964222c2270726f6772616d6d65223a22616964222c2266756e64223a2266756e643a78222c226561726d61726b223a2267656e6572616c222c2261726561223a22617265613a63697479222c2274696572223a2261222c226d6f6e7468223a22323030372d3033222c22706572736f6e73223a312c22686f757365686f6c6473223a302c22616d6f756e74223a31302c22726174655f66726f6d223a22323030362d30312d3031227d', 34, '2026-11-27 21:21:14.429592+00', '\x5fa7b7a2cd61f041f6b2cff9ace37988d68555c26e3447d2884ae1f1bd0e9914'),
	('payment:aid:2007-03:9d90becb28c977176b37', 1, 'payment.made.v1', '\x7b226f726967696e61746f725f6964223a227061796d656e743a6169643a323030372d30333a3964393062656362323863393737313736623337222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3137227d2c2272756e223a227061792d72756e3a6169643a323030372d3033222c22736368656d65223a22736368656d653a616964222c2270726f6772616d6d65223a22616964222c2266756e64223a2266756e643a78222c226561726d61726b223a2267656e6572616c222c2261726561223a22617265613a63697479222c2274696572223a2261222c226d6f6e7468223a22323030372d3033222c22706572736f6e73223a312c22686f757365686f6c6473223a302c22616d6f756e74223a31302c22726174655f66726f6d223a22323030362d30312d3031227d', 35, '2026-11-27 21:21:14.429592+00', '\xb8ca6763d38d72cf104bde12f3ca7fca2d07f0ac2205de8dcb10006cafc75ad6');
INSERT INTO ledger.events VALUES
	('payment:aid:2007-03:c8fd1fd5c7c43dd83eb5', 1, 'payment.made.v1', '\x7b226f726967696e61746f725f6964223a227061796d656e743a6169643a323030372d30333a6338666431666435633763343364643833656235222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3137227d2c2272756e223a227061792d72756e3a6169643a323030372d3033222c22736368656d65223a22736368656d653a616964222c2270726f6772616d6d65223a22616964222c2266756e64223a2266756e643a78222c226561726d61726b223a2267656e6572616c222c2261726561223a22617265613a63697479222c2274696572223a2261222c226d6f6e7468223a22323030372d3033222c22706572736f6e73223a312c22686f757365686f6c6473223a302c22616d6f756e74223a31302c22726174655f66726f6d223a22323030362d30312d3031227d', 36, '2026-11-27 21:21:14.429592+00', '\xbaf2f0b483304a0122898cc580930cc46dc8f2056b6793b09b461d285645376c'),
	('pay-run:aid:2007-03', 4, 'pay-run.chunk-released.v1', '\x7b226f726967696e61746f725f6964223a227061792d72756e3a6169643a323030372d3033222c226f726967696e61746f725f76657273696f6e223a342c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3137227d2c22736368656d65223a22736368656d653a616964222c226d6f6e7468223a22323030372d3033222c2266726f6d5f6c696e65223a302c22746f5f6c696e65223a372c2270616964223a362c22706572736f6e73223a362c22616d6f756e74223a36302c2268656c645f6261636b223a5b7b227061796d656e74223a227061796d656e743a6169643a323030372d30333a6435643037613536396564653164383331613161222c22616d6f756e74223a31302c22726561736f6e223a2273746f70706564227d5d7d', 37, '2026-11-27 21:21:14.429592+00', '\xb5467fbb1e947391dc92d6c7d540b6af23e6caece401022ef3c8944c6dedd1b2'),
	('pay-run:aid:2007-03', 5, 'pay-run.released.v1', '\x7b226f726967696e61746f725f6964223a227061792d72756e3a6169643a323030372d3033222c226f726967696e61746f725f76657273696f6e223a352c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3137227d2c2270616964223a362c22706169645f706572736f6e73223a362c22706169645f616d6f756e74223a36302c2268656c645f6c696e6573223a312c2268656c645f616d6f756e74223a31307d', 38, '2026-11-27 21:21:14.429592+00', '\x94c9b5eca8511712a2d4d99da6158da876d570a5ce27706b1640f03e10a7d417'),
	('payment:aid:2007-03:03c5f34ec388b5170b11', 3, 'payment.reissued.v1', '\x7b226f726967696e61746f725f6964223a227061796d656e743a6169643a323030372d30333a3033633566333465633338386235313730623131222c226f726967696e61746f725f76657273696f6e223a332c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3139227d2c2272756e223a227061792d72756e3a6169643a323030372d3033222c2266756e64223a2266756e643a78222c226561726d61726b223a2267656e6572616c222c2270726f6772616d6d65223a22616964222c22616d6f756e74223a31307d', 43, '2026-11-27 21:21:14.455093+00', '\xe0d7689364858881e0a98adebbbecb33177d1b83ea5f51425ed904b7a6f7744d'),
	('fund:x', 5, 'fund.recovered.v1', '\x7b226f726967696e61746f725f6964223a2266756e643a78222c226f726967696e61746f725f76657273696f6e223a352c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3230227d2c22616d6f756e74223a31302c226561726d61726b223a2267656e6572616c222c22736f75726365223a2272657475726e65643a783a67656e6572616c3a7061792d72756e3a6169643a323030372d3033222c226361757365223a227061796d656e743a6169643a323030372d30333a3138363733373933353634303466333134653261227d', 44, '2026-11-27 21:21:14.466161+00', '\x6e56d2718da22792ff57c4fc25c397e35a2af5f39c37b3932b7cd075c28837c7'),
	('payment:aid:2007-03:1867379356404f314e2a', 3, 'payment.written-back.v1', '\x7b226f726967696e61746f725f6964223a227061796d656e743a6169643a323030372d30333a3138363733373933353634303466333134653261222c226f726967696e61746f725f76657273696f6e223a332c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3230227d2c2272756e223a227061792d72756e3a6169643a323030372d3033222c2266756e64223a2266756e643a78222c226561726d61726b223a2267656e6572616c222c2270726f6772616d6d65223a22616964222c2261726561223a22617265613a63697479222c22616d6f756e74223a31302c22706572736f6e73223a317d', 45, '2026-11-27 21:21:14.466161+00', '\xf19b342fe7f2a27d047a5727f43ec4c706476c831423b653fd6d050fa938e977'),
	('payment:aid:2007-03:9d90becb28c977176b37', 2, 'payment.overpaid.v1', '\x7b226f726967696e61746f725f6964223a227061796d656e743a6169643a323030372d30333a3964393062656362323863393737313736623337222c226f726967696e61746f725f76657273696f6e223a322c22616374223a7b226279223a22636c65726b2d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3232227d2c2272756e223a227061792d72756e3a6169643a323030372d3033222c227265636f76657279223a227265636f766572793a762d31222c22616d6f756e74223a31307d', 49, '2026-11-27 21:21:14.504071+00', '\x3e9742d3f2895efdb3ab4a45e790198f617cefe5c3a0d453486a33c730fabb39'),
	('recovery:v-1', 1, 'recovery.established.v1', '\x7b226f726967696e61746f725f6964223a227265636f766572793a762d31222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a22636c65726b2d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3232227d2c227061796d656e7473223a5b227061796d656e743a6169643a323030372d30333a3964393062656362323863393737313736623337225d2c22616d6f756e74223a31302c22726561736f6e223a22e5a49ae58f91222c227061727473223a5b7b2266756e64223a2266756e643a78222c226561726d61726b223a2267656e6572616c222c2270726f6772616d6d65223a22616964222c22616d6f756e74223a31307d5d7d', 50, '2026-11-27 21:21:14.504071+00', '\x66fe8902bd6aa6e8671ee3840eb566a1909c9b449857dfd6f160567092aeabeb'),
	('fund:x', 7, 'fund.recovered.v1', '\x7b226f726967696e61746f725f6964223a2266756e643a78222c226f726967696e61746f725f76657273696f6e223a372c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3233227d2c22616d6f756e74223a342c226561726d61726b223a2267656e6572616c222c22736f75726365223a226f7765643a783a67656e6572616c3a7265636f766572793a762d31222c226361757365223a227265636f766572793a762d31227d', 51, '2026-11-27 21:21:14.507091+00', '\x5c71de50dab974f546787fed4130022ba47f224c6999a6cc23c3846fab702336'),
	('recovery:v-1', 2, 'recovery.received.v1', '\x7b226f726967696e61746f725f6964223a227265636f766572793a762d31222c226f726967696e61746f725f76657273696f6e223a322c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3233227d2c22616d6f756e74223a342c227061727473223a5b7b2266756e64223a2266756e643a78222c226561726d61726b223a2267656e6572616c222c2270726f6772616d6d65223a22616964222c22616d6f756e74223a347d5d7d', 52, '2026-11-27 21:21:14.507091+00', '\x77f636b0f1627d8e7728c4d256508d5bd0da2542ff6042a202552f7c6639eb24'),
	('scheme:low', 1, 'scheme.adopted.v1', '\x7b226f726967696e61746f725f6964223a22736368656d653a6c6f77222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a22617070726f7665722d31222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d3235227d2c227469746c65223a22e8a1a5e58aa9222c2270726f6772616d6d65223a226c6f77222c22707572706f7365223a226169642d706f6f72222c22706572223a22686f757365686f6c64222c2270617973223a226d6f6e74686c79222c22666f726d756c61223a22746f702d7570222c227261746573223a5b7b2274696572223a2261222c2266726f6d5f223a22323030362d30312d3031222c22616d6f756e74223a33302c22617574686f72697479223a22e5b882e694bfe5ba9ce4bba4e7acac31e58fb7227d5d7d', 54, '2026-11-27 21:21:14.534388+00', '\x2258118d0aefcce238df578f11b35f24c8ab682517266eeb4c3dec6bd10da374'),
	('person:low-1', 1, 'person.registered.v1', '\x7b226f726967696e61746f725f6964223a22706572736f6e3a6c6f772d31222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a22636c65726b2d31222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d3237227d7d', 56, '2026-11-27 21:21:14.57154+00', '\xe88b83983cec7b52d1914011fa9ea05baec4691bea39328b352b1a64b445fc39'),
	('person:low-2', 1, 'person.registered.v1', '\x7b226f726967696e61746f725f6964223a22706572736f6e3a6c6f772d32222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a22636c65726b2d31222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d3237227d7d', 57, '2026-11-27 21:21:14.57154+00', '\x89b18541a306b18cac7552b08887d725bef3292c07671f26ff5e50132f4afd0b'),
	('household:h-1', 1, 'household.formed.v1', '\x7b226f726967696e61746f725f6964223a22686f757365686f6c643a682d31222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a22636c65726b2d31222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d3237227d2c226d656d62657273223a5b22706572736f6e3a6c6f772d31222c22706572736f6e3a6c6f772d32225d2c2261726561223a22617265613a63697479222c226669727374223a22323030362d3031227d', 58, '2026-11-27 21:21:14.57154+00', '\x76210ec30058d78369793f3644fe81f8c93c18f9279b8074e1b9ea31b2934a56'),
	('entitlement:low', 1, 'entitlement.brought-in.v1', '\x7b226f726967696e61746f725f6964223a22656e7469746c656d656e743a6c6f77222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a22636c65726b2d31222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d3237227d2c22686f6c646572223a22686f757365686f6c643a682d31222c2270726f6772616d6d65223a226c6f77222c2261726561223a22617265613a63697479222c226f726967696e223a2262726f756768742d696e222c2274696572223a2261222c2266726f6d5f223a22323030362d30312d3031222c22736368656d65223a22736368656d653a6c6f77227d', 59, '2026-11-27 21:21:14.57154+00', '\xf001aadf704a45cdc6d242fb70393d1c4c381d4acfaf7109be03ce0efa785d58'),
	('fund:x', 8, 'fund.committed.v1', '\x7b226f726967696e61746f725f6964223a2266756e643a78222c226f726967696e61746f725f76657273696f6e223a382c22616374223a7b226279223a22617070726f7665722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3330227d2c22616d6f756e74223a36302c226561726d61726b223a2267656e6572616c222c22746f223a227061792d72756e3a6c6f773a323030372d3033222c22707572706f7365223a226169642d706f6f72222c226361757365223a227061792d72756e3a6c6f773a323030372d3033227d', 62, '2026-11-27 21:21:14.584819+00', '\xd46543fc9c17b84332c1b9f5407cc5293fea2ab9b64a844ff90044f409d2e90f'),
	('pay-run:low:2007-03', 3, 'pay-run.approved.v1', '\x7b226f726967696e61746f725f6964223a227061792d72756e3a6c6f773a323030372d3033222c226f726967696e61746f725f76657273696f6e223a332c22616374223a7b226279223a22617070726f7665722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3330227d2c22646967657374223a2232363639623631386633306561386135663864663531356238663664653262363636393034326439396235333430653130643561383236633732653234643466227d', 63, '2026-11-27 21:21:14.584819+00', '\x895669d787e59b26c6a978d480faff5468fedf0c757eb98ae4181e20cfe3f6de'),
	('pay-run:low:2007-03', 6, 'pay-run.settled.v1', '\x7b226f726967696e61746f725f6964223a227061792d72756e3a6c6f773a323030372d3033222c226f726967696e61746f725f76657273696f6e223a362c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3332227d2c2262616e6b5f726566223a22e59b9ee79b982d31227d', 67, '2026-11-27 21:21:14.602785+00', '\x0b4173a918f62557e7f9d3857c6b6e63d99a8b938e731800a4aeb476952df9bb'),
	('fund:x', 9, 'fund.committed.v1', '\x7b226f726967696e61746f725f6964223a2266756e643a78222c226f726967696e61746f725f76657273696f6e223a392c22616374223a7b226279223a22617070726f7665722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3335227d2c22616d6f756e74223a342c226561726d61726b223a2267656e6572616c222c22746f223a227061792d72756e3a70726963653a323030372d3033222c22707572706f7365223a226169642d706f6f72222c226361757365223a227061792d72756e3a70726963653a323030372d3033227d', 70, '2026-11-27 21:21:14.618743+00', '\x33d07fef322e55ecd413f58830444d5d3e56bfca898ad268df88ad0967730515'),
	('pay-run:price:2007-03', 3, 'pay-run.approved.v1', '\x7b226f726967696e61746f725f6964223a227061792d72756e3a70726963653a323030372d3033222c226f726967696e61746f725f76657273696f6e223a332c22616374223a7b226279223a22617070726f7665722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3335227d2c22646967657374223a2230643534336337396536323735393638646666376263343038313239313665643032636539383036653537643530666638643531363531346662316139636435227d', 71, '2026-11-27 21:21:14.618743+00', '\x9705d5d690880c62ac5a84eee565dfae54a391f6ba942968648ef42cde4e533b'),
	('pay-run:price:2007-03', 6, 'pay-run.settled.v1', '\x7b226f726967696e61746f725f6964223a227061792d72756e3a70726963653a323030372d3033222c226f726967696e61746f725f76657273696f6e223a362c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3337227d2c2262616e6b5f726566223a22e59b9ee79b982d31227d', 76, '2026-11-27 21:21:14.63266+00', '\x6cd179b76f32fda23d9a80a0e05e7570099d6cd5e8dc9e7420c1169a47826e10'),
	('fund:x', 10, 'fund.committed.v1', '\x7b226f726967696e61746f725f6964223a2266756e643a78222c226f726967696e61746f725f76657273696f6e223a31302c22616374223a7b226279223a22617070726f7665722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3430227d2c22616d6f756e74223a36302c226561726d61726b223a2267656e6572616c222c22746f223a227061792d72756e3a6c6f773a323030372d3034222c22707572706f7365223a226169642d706f6f72222c226361757365223a227061792d72756e3a6c6f773a323030372d3034227d', 79, '2026-11-27 21:21:14.646368+00', '\xae42236fa2c0b9a1e5c9d3aa15aaf07840fdab4ecae8dcbf41efcfac44e58013'),
	('pay-run:low:2007-04', 3, 'pay-run.approved.v1', '\x7b226f726967696e61746f725f6964223a227061792d72756e3a6c6f773a323030372d3034222c226f726967696e61746f725f76657273696f6e223a332c22616374223a7b226279223a22617070726f7665722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3430227d2c22646967657374223a2235303437343831363530306163396234643164373862653530656636613064623739323433626238616261323835633565633037306366336565373332363230227d', 80, '2026-11-27 21:21:14.646368+00', '\xbd1067e3f6d07960b250aaea2457b1802cd7f6fdf91b61d595b390dff4625e6e'),
	('fund:x', 11, 'fund.committed.v1', '\x7b226f726967696e61746f725f6964223a2266756e643a78222c226f726967696e61746f725f76657273696f6e223a31312c22616374223a7b226279223a22617070726f7665722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3433227d2c22616d6f756e74223a342c226561726d61726b223a2267656e6572616c222c22746f223a227061792d72756e3a70726963653a323030372d3034222c22707572706f7365223a226169642d706f6f72222c226361757365223a227061792d72756e3a70726963653a323030372d3034227d', 83, '2026-11-27 21:21:14.667728+00', '\x14d3e61f76ab4752a758ab270df2746a59ff0da26b577611345ab52cd78fda41'),
	('pay-run:price:2007-04', 3, 'pay-run.approved.v1', '\x7b226f726967696e61746f725f6964223a227061792d72756e3a70726963653a323030372d3034222c226f726967696e61746f725f76657273696f6e223a332c22616374223a7b226279223a22617070726f7665722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3433227d2c22646967657374223a2237653837633564666639313337393235316661333631393731303466373836666231383762656136393836656661346666626264366139656531623962333665227d', 84, '2026-11-27 21:21:14.667728+00', '\x9ba70030a2bbeed556a11f1d01e9ab4821decb644ff8163dc692954fe02eff1c'),
	('donation:d-1', 1, 'donation.received.v1', '\x7b226f726967696e61746f725f6964223a22646f6e6174696f6e3a642d31222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a2266756e647261697365722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3436227d2c2266756e64223a2266756e643a6769667473222c226561726d61726b223a2267656e6572616c222c22616d6f756e74223a3530302c226e616d655f73686f776e223a66616c73652c226b6565706572223a226f7267616e69736174696f6e3a636976696c2d616666616972732d627572656175227d', 87, '2026-11-27 21:21:14.678956+00', '\xbab2f456b9933c14f36c05c923d2b2f93f255e4fe0cf9dc3935f1e43d23a83a3'),
	('person:sealed-2', 1, 'person.registered.v1', '\x7b226f726967696e61746f725f6964223a22706572736f6e3a7365616c65642d32222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a22636c65726b2d31222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d3531227d7d', 92, '2026-11-27 21:21:14.700889+00', '\xb0b6e5629009241fb84b8afd23ab189380e361dde5ef74e068a6636f38769250'),
	('pay-run:keyed:2007-03', 1, 'pay-run.drawn-up.v1', '\x7b226f726967696e61746f725f6964223a227061792d72756e3a6b657965643a323030372d3033222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a22636c65726b2d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3534227d2c22736368656d65223a22736368656d653a6b65796564222c2270726f6772616d6d65223a226b65796564222c22707572706f7365223a226169642d706f6f72222c226d6f6e7468223a22323030372d3033222c2266756e64223a2266756e643a78222c226561726d61726b223a2267656e6572616c222c22726f6c6c5f6174223a39342c22636f756e74223a312c22706572736f6e73223a312c22746f74616c223a31322c22646967657374223a2261373163366461656234376464663662613036396535303935313166313963393337353632616566373562343233323563386239633633376461396263643763222c2268656c645f6261636b223a307d', 95, '2026-11-27 21:21:14.750779+00', '\xc49eb2f2c284a57419125746fcbdba7cc569c3aac283aa8d6921d0e996ce62e2'),
	('payment:keyed:2007-03:a4b15f2a5ad04ea26485', 1, 'payment.made.v1', '\x7b226f726967696e61746f725f6964223a227061796d656e743a6b657965643a323030372d30333a6134623135663261356164303465613236343835222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3537227d2c2272756e223a227061792d72756e3a6b657965643a323030372d3033222c22736368656d65223a22736368656d653a6b65796564222c2270726f6772616d6d65223a226b65796564222c2266756e64223a2266756e643a78222c226561726d61726b223a2267656e6572616c222c2261726561223a22617265613a63697479222c2274696572223a2261222c226d6f6e7468223a22323030372d3033222c22706572736f6e73223a312c22686f757365686f6c6473223a302c22616d6f756e74223a31322c22726174655f66726f6d223a22323030362d30312d3031227d', 99, '2026-11-27 21:21:14.796851+00', '\x35fe0c86b2391754a8c48b253e9537c243deed28f907a1d9c2f793341b3c6f4e'),
	('pay-run:keyed:2007-03', 4, 'pay-run.chunk-released.v1', '\x7b226f726967696e61746f725f6964223a227061792d72756e3a6b657965643a323030372d3033222c226f726967696e61746f725f76657273696f6e223a342c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3537227d2c22736368656d65223a22736368656d653a6b65796564222c226d6f6e7468223a22323030372d3033222c2266726f6d5f6c696e65223a302c22746f5f6c696e65223a312c2270616964223a312c22706572736f6e73223a312c22616d6f756e74223a31327d', 100, '2026-11-27 21:21:14.796851+00', '\x62d77b772f2f5f3520aea5e2139088019925a141155455277c8a8d024b219673'),
	('scheme:price', 1, 'scheme.adopted.v1', '\x7b226f726967696e61746f725f6964223a22736368656d653a7072696365222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a22617070726f7665722d31222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d3236227d2c227469746c65223a22e8a1a5e58aa9222c2270726f6772616d6d65223a227072696365222c22707572706f7365223a226169642d706f6f72222c22706572223a22706572736f6e222c2270617973223a226d6f6e74686c79222c22666f726d756c61223a22666c6174222c22666f6c6c6f7773223a22736368656d653a6c6f77222c227261746573223a5b7b2274696572223a2261222c2266726f6d5f223a22323030362d30312d3031222c22616d6f756e74223a322c22617574686f72697479223a22e5b882e694bfe5ba9ce4bba4e7acac31e58fb7227d5d7d', 55, '2026-11-27 21:21:14.540744+00', '\x6db5a2f27a182d5b8518d135a7873426df9200d8ced9d1ba7fbe90717637e1ca'),
	('pay-run:low:2007-03', 2, 'pay-run.reviewed.v1', '\x7b226f726967696e61746f725f6964223a227061792d72756e3a6c6f773a323030372d3033222c226f726967696e61746f725f76657273696f6e223a322c22616374223a7b226279223a2272657669657765722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3239227d2c22646967657374223a2232363639623631386633306561386135663864663531356238663664653262363636393034326439396235333430653130643561383236633732653234643466227d', 61, '2026-11-27 21:21:14.583347+00', '\x2404f0e8058d0c9e081831f87b169b6a59b63f5ab761c4345306a190224df7d7'),
	('pay-run:price:2007-03', 1, 'pay-run.drawn-up.v1', '\x7b226f726967696e61746f725f6964223a227061792d72756e3a70726963653a323030372d3033222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a22636c65726b2d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3333227d2c22736368656d65223a22736368656d653a7072696365222c2270726f6772616d6d65223a227072696365222c22707572706f7365223a226169642d706f6f72222c226d6f6e7468223a22323030372d3033222c2266756e64223a2266756e643a78222c226561726d61726b223a2267656e6572616c222c22726f6c6c5f6174223a36372c22636f756e74223a322c22706572736f6e73223a322c22746f74616c223a342c22646967657374223a2230643534336337396536323735393638646666376263343038313239313665643032636539383036653537643530666638643531363531346662316139636435222c2268656c645f6261636b223a307d', 68, '2026-11-27 21:21:14.612485+00', '\x0760647756d0fba88fcdcfaf0278f9d186a4dc8b17382f3f3b845cac3d8d579d'),
	('payment:price:2007-03:b8b82e2fb4d872c89e0a', 1, 'payment.made.v1', '\x7b226f726967696e61746f725f6964223a227061796d656e743a70726963653a323030372d30333a6238623832653266623464383732633839653061222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3336227d2c2272756e223a227061792d72756e3a70726963653a323030372d3033222c22736368656d65223a22736368656d653a7072696365222c2270726f6772616d6d65223a227072696365222c2266756e64223a2266756e643a78222c226561726d61726b223a2267656e6572616c222c2261726561223a22617265613a63697479222c2274696572223a2261222c226d6f6e7468223a22323030372d3033222c22706572736f6e73223a312c22686f757365686f6c6473223a302c22616d6f756e74223a322c22726174655f66726f6d223a22323030362d30312d3031227d', 72, '2026-11-27 21:21:14.630135+00', '\x582b8dd5be942782890c931df650bc81665544814debb6e6c5ee41e1c355f88c'),
	('payment:price:2007-03:c115f44f37f58a50b8ba', 1, 'payment.made.v1', '\x7b226f726967696e61746f725f6964223a227061796d656e743a70726963653a323030372d30333a6331313566343466333766353861353062386261222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3336227d2c2272756e223a227061792d72756e3a70726963653a323030372d3033222c22736368656d65223a22736368656d653a7072696365222c2270726f6772616d6d65223a227072696365222c2266756e64223a2266756e643a78222c226561726d61726b223a2267656e6572616c222c2261726561223a22617265613a63697479222c2274696572223a2261222c226d6f6e7468223a22323030372d3033222c22706572736f6e73223a312c22686f757365686f6c6473223a302c22616d6f756e74223a322c22726174655f66726f6d223a22323030362d30312d3031227d', 73, '2026-11-27 21:21:14.630135+00', '\x415e432f3c8e1f5055180b47d365e914f54060ea13caab9aa9c71c53d38697de'),
	('pay-run:price:2007-03', 4, 'pay-run.chunk-released.v1', '\x7b226f726967696e61746f725f6964223a227061792d72756e3a70726963653a323030372d3033222c226f726967696e61746f725f76657273696f6e223a342c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3336227d2c22736368656d65223a22736368656d653a7072696365222c226d6f6e7468223a22323030372d3033222c2266726f6d5f6c696e65223a302c22746f5f6c696e65223a322c2270616964223a322c22706572736f6e73223a322c22616d6f756e74223a347d', 74, '2026-11-27 21:21:14.630135+00', '\xcaef0f5b9662b3be3ab5566da26539077c7cc09f477a33f07644ee17a800f8e1'),
	('pay-run:price:2007-03', 5, 'pay-run.released.v1', '\x7b226f726967696e61746f725f6964223a227061792d72756e3a70726963653a323030372d3033222c226f726967696e61746f725f76657273696f6e223a352c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3336227d2c2270616964223a322c22706169645f706572736f6e73223a322c22706169645f616d6f756e74223a347d', 75, '2026-11-27 21:21:14.630135+00', '\xa5343484f1d6c89eefcdd36828e51ae5a8d40f7c85ac824ec92d54c318b7e131'),
	('pay-run:low:2007-04', 2, 'pay-run.reviewed.v1', '\x7b226f726967696e61746f725f6964223a227061792d72756e3a6c6f773a323030372d3034222c226f726967696e61746f725f76657273696f6e223a322c22616374223a7b226279223a2272657669657765722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3339227d2c22646967657374223a2235303437343831363530306163396234643164373862653530656636613064623739323433626238616261323835633565633037306366336565373332363230227d', 78, '2026-11-27 21:21:14.642844+00', '\xbb37ad5bce28862497aaaa11a8f0c40eb2b747c34b43ba353974433358e31a82'),
	('pay-run:price:2007-04', 2, 'pay-run.reviewed.v1', '\x7b226f726967696e61746f725f6964223a227061792d72756e3a70726963653a323030372d3034222c226f726967696e61746f725f76657273696f6e223a322c22616374223a7b226279223a2272657669657765722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3432227d2c22646967657374223a2237653837633564666639313337393235316661333631393731303466373836666231383762656136393836656661346666626264366139656531623962333665227d', 82, '2026-11-27 21:21:14.66675+00', '\x7544addd219fd1cd8daae00fcb95a9f0e26941a4ab8dae886b7684a90c481654'),
	('fund:gifts', 1, 'fund.opened.v1', '\x7b226f726967696e61746f725f6964223a2266756e643a6769667473222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d3435227d2c227469746c65223a22e69591e58aa9e8b584e98791222c226b696e64223a2266697363616c222c226261736973223a2263617368222c226b6565706572223a226f7267616e69736174696f6e3a636976696c2d616666616972732d627572656175222c22707572706f736573223a5b226169642d706f6f72225d7d', 86, '2026-11-27 21:21:14.674569+00', '\x48ea3ed99602eb1a81e0f051a6bc4ccb43d8279ffc40328c120eb12b6a1d78e5'),
	('fund:gifts', 2, 'fund.gathered.v1', '\x7b226f726967696e61746f725f6964223a2266756e643a6769667473222c226f726967696e61746f725f76657273696f6e223a322c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3136222c22626f6f6b6564223a22323030372d30332d3136222c226b6579223a2273746f72792d3438227d2c226561726d61726b223a2267656e6572616c222c227468726f756768223a22323030372d30332d3135222c22616d6f756e74223a3830307d', 89, '2026-11-27 21:21:14.68987+00', '\x0c9845ccd288181ae3f6ae171a8dcae81d6129faa0e669afc3b38019e94954fa'),
	('person:sealed-1', 1, 'person.registered.v1', '\x7b226f726967696e61746f725f6964223a22706572736f6e3a7365616c65642d31222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a22636c65726b2d31222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d3530227d7d', 91, '2026-11-27 21:21:14.69895+00', '\x8307feb4a358c053daf4961eb40394838ec2ef768001ea3a06d69058650f7718'),
	('entitlement:keyed-1', 1, 'entitlement.brought-in.v1', '\x7b226f726967696e61746f725f6964223a22656e7469746c656d656e743a6b657965642d31222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a22636c65726b2d31222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d3533227d2c22686f6c646572223a22706572736f6e3a7365616c65642d31222c2270726f6772616d6d65223a226b65796564222c2261726561223a22617265613a63697479222c226f726967696e223a2262726f756768742d696e222c2274696572223a2261222c2266726f6d5f223a22323030362d30312d3031222c22736368656d65223a22736368656d653a6b65796564227d', 94, '2026-11-27 21:21:14.718692+00', '\xfb65494075952b4751becb3a7fc8b11389fd07fb2fe82f9606f957f32461e703'),
	('fund:x', 12, 'fund.committed.v1', '\x7b226f726967696e61746f725f6964223a2266756e643a78222c226f726967696e61746f725f76657273696f6e223a31322c22616374223a7b226279223a22617070726f7665722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3536227d2c22616d6f756e74223a31322c226561726d61726b223a2267656e6572616c222c22746f223a227061792d72756e3a6b657965643a323030372d3033222c22707572706f7365223a226169642d706f6f72222c226361757365223a227061792d72756e3a6b657965643a323030372d3033227d', 97, '2026-11-27 21:21:14.767058+00', '\x551a1a986b939111e36df5693655de3e1a7d4eb1f10bd1a1f9887888de7100c2'),
	('pay-run:keyed:2007-03', 3, 'pay-run.approved.v1', '\x7b226f726967696e61746f725f6964223a227061792d72756e3a6b657965643a323030372d3033222c226f726967696e61746f725f76657273696f6e223a332c22616374223a7b226279223a22617070726f7665722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3536227d2c22646967657374223a2261373163366461656234376464663662613036396535303935313166313963393337353632616566373562343233323563386239633633376461396263643763227d', 98, '2026-11-27 21:21:14.767058+00', '\xee0f492c51eb15acfde0a4959bd18c15f11a627ad888499ffd365880d59103f7'),
	('pay-run:keyed:2007-03', 6, 'pay-run.settled.v1', '\x7b226f726967696e61746f725f6964223a227061792d72756e3a6b657965643a323030372d3033222c226f726967696e61746f725f76657273696f6e223a362c22616374223a7b226279223a227472656173757265722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3538227d2c2262616e6b5f726566223a22e59b9ee79b982d31227d', 102, '2026-11-27 21:21:14.803195+00', '\xd82b52a2a980934e1f7ea225a0582a15c5f04cc4aa799d7ab0551de36df35f54'),
	('webhook:receiver', 1, 'webhook.added.v1', '\x7b226f726967696e61746f725f6964223a22776562686f6f6b3a7265636569766572222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a226f70657261746f723a6c6f63616c222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d3630227d2c2275726c223a2268747470733a2f2f72656365697665722e6578616d706c652e6f72672f6e657773222c227a6f6e65223a227075626c6963222c22746f706963223a222a227d', 104, '2026-11-27 21:21:15.601803+00', '\xf893f15a19be9ef35262321f8ace4281a21a92d8e698857207ce60d736409ddc'),
	('pay-run:price:2007-04', 1, 'pay-run.drawn-up.v1', '\x7b226f726967696e61746f725f6964223a227061792d72756e3a70726963653a323030372d3034222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a22636c65726b2d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3431227d2c22736368656d65223a22736368656d653a7072696365222c2270726f6772616d6d65223a227072696365222c22707572706f7365223a226169642d706f6f72222c226d6f6e7468223a22323030372d3034222c2266756e64223a2266756e643a78222c226561726d61726b223a2267656e6572616c222c22726f6c6c5f6174223a38302c22636f756e74223a322c22706572736f6e73223a322c22746f74616c223a342c22646967657374223a2237653837633564666639313337393235316661333631393731303466373836666231383762656136393836656661346666626264366139656531623962333665222c2268656c645f6261636b223a307d', 81, '2026-11-27 21:21:14.661951+00', '\xc44e1670285e4fc78f75db2db95600da46e2cd774e87f00b673d66e0f8ffbf2a'),
	('role:fundraiser-1', 1, 'role.granted.v1', '\x7b226f726967696e61746f725f6964223a22726f6c653a66756e647261697365722d31222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a226f70657261746f723a6c6f63616c222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d3434227d2c2277686f223a2266756e647261697365722d31222c22726f6c65223a2266756e64726169736572222c22726f6c6573223a5b2266756e64726169736572225d7d', 85, '2026-11-27 21:21:14.668576+00', '\xb82bf57c5337fbcae63eba0ae85755d3771fe8e039239497ef6868876d725675'),
	('donation:d-2', 1, 'donation.received.v1', '\x7b226f726967696e61746f725f6964223a22646f6e6174696f6e3a642d32222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a2266756e647261697365722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3437227d2c2266756e64223a2266756e643a6769667473222c226561726d61726b223a2267656e6572616c222c22616d6f756e74223a3330302c226e616d655f73686f776e223a66616c73652c226b6565706572223a226f7267616e69736174696f6e3a636976696c2d616666616972732d627572656175227d', 88, '2026-11-27 21:21:14.680578+00', '\x948d8f83a3c6ae54cb157dca5344c9000472635fd6a30ec5859977f3a23639e7');
INSERT INTO ledger.events VALUES
	('scheme:keyed', 1, 'scheme.adopted.v1', '\x7b226f726967696e61746f725f6964223a22736368656d653a6b65796564222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a22617070726f7665722d31222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d3439227d2c227469746c65223a22e8a1a5e58aa9222c2270726f6772616d6d65223a226b65796564222c22707572706f7365223a226169642d706f6f72222c22706572223a22706572736f6e222c2270617973223a226d6f6e74686c79222c22666f726d756c61223a22666c6174222c227261746573223a5b7b2274696572223a2261222c2266726f6d5f223a22323030362d30312d3031222c22616d6f756e74223a31322c22617574686f72697479223a22e5b882e694bfe5ba9ce4bba4e7acac31e58fb7227d5d7d', 90, '2026-11-27 21:21:14.69534+00', '\x8c9e3609f6c35e7adb8e2c17b3230087ac6925b241153b591e4d633ad2300231'),
	('person:sealed-2', 2, 'person.erased.v1', '\x7b226f726967696e61746f725f6964223a22706572736f6e3a7365616c65642d32222c226f726967696e61746f725f76657273696f6e223a322c22616374223a7b226279223a22636c65726b2d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3532227d7d', 93, '2026-11-27 21:21:14.70387+00', '\x396638a998bab308e964167eac74fcfa1266c0319472ba9aa81492e90698b4f4'),
	('pay-run:keyed:2007-03', 2, 'pay-run.reviewed.v1', '\x7b226f726967696e61746f725f6964223a227061792d72756e3a6b657965643a323030372d3033222c226f726967696e61746f725f76657273696f6e223a322c22616374223a7b226279223a2272657669657765722d31222c226f6e223a22323030372d30332d3135222c22626f6f6b6564223a22323030372d30332d3135222c226b6579223a2273746f72792d3535227d2c22646967657374223a2261373163366461656234376464663662613036396535303935313166313963393337353632616566373562343233323563386239633633376461396263643763227d', 96, '2026-11-27 21:21:14.757528+00', '\xcf987f00f0da90cae20ba1541c2bfaf63f9c1c63a1c798cf4c9d14e0f45135ce'),
	('role:auditor-1', 1, 'role.granted.v1', '\x7b226f726967696e61746f725f6964223a22726f6c653a61756469746f722d31222c226f726967696e61746f725f76657273696f6e223a312c22616374223a7b226279223a226f70657261746f723a6c6f63616c222c226f6e223a22323030362d30312d3031222c22626f6f6b6564223a22323030362d30312d3031222c226b6579223a2273746f72792d3539227d2c2277686f223a2261756469746f722d31222c22726f6c65223a2261756469746f72222c22726f6c6573223a5b2261756469746f72225d7d', 103, '2026-11-27 21:21:15.536691+00', '\xd6e6e1625c7efeee3a0f55ed0dfd54ddb0934075840e9eb54f4a505cea1adf25');


--
-- Data for Name: format; Type: TABLE DATA; Schema: ledger; Owner: mingzhang_append
--

INSERT INTO ledger.format VALUES
	(3);


--
-- Data for Name: gate; Type: TABLE DATA; Schema: ledger; Owner: mingzhang_append
--



--
-- Data for Name: periods; Type: TABLE DATA; Schema: ledger; Owner: mingzhang_append
--

INSERT INTO ledger.periods VALUES
	('2005-12-31', '2005-12-31');


--
-- Data for Name: receipts; Type: TABLE DATA; Schema: ledger; Owner: mingzhang_append
--

INSERT INTO ledger.receipts VALUES
	('story-1', '\x7de20613d570d668dd28394817b10d6849d4cc44af7be57d44d0644eb1a71871', 1, '2026-11-27 21:21:14.012281+00', '\x7b226f7264657273223a5b7b227375626a656374223a22726f6c653a636c65726b2d31222c2276657273696f6e223a312c227374617274223a302c226576656e7473223a5b5b22726f6c652e6772616e746564222c22726f6c653a636c65726b2d31222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-2', '\x9b0a9b958dde65f79fe6c933741b4a705cac1236d5ff3a72d4866ae660f9419f', 2, '2026-11-27 21:21:14.025773+00', '\x7b226f7264657273223a5b7b227375626a656374223a22726f6c653a72657669657765722d31222c2276657273696f6e223a312c227374617274223a302c226576656e7473223a5b5b22726f6c652e6772616e746564222c22726f6c653a72657669657765722d31222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-3', '\xd68b901c462cb7057363dc58d770623203e3e33e5fd94d68deb5798b3866d0a5', 3, '2026-11-27 21:21:14.033542+00', '\x7b226f7264657273223a5b7b227375626a656374223a22726f6c653a617070726f7665722d31222c2276657273696f6e223a312c227374617274223a302c226576656e7473223a5b5b22726f6c652e6772616e746564222c22726f6c653a617070726f7665722d31222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-4', '\x149c099ff5fa50f757d4236021ef886ed371bd04ca37f73afc3fd4f6eed9323c', 4, '2026-11-27 21:21:14.038673+00', '\x7b226f7264657273223a5b7b227375626a656374223a22726f6c653a7472656173757265722d31222c2276657273696f6e223a312c227374617274223a302c226576656e7473223a5b5b22726f6c652e6772616e746564222c22726f6c653a7472656173757265722d31222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-5', '\x06bd4f78514029620e83b79b0a26ddb2c6876ecff560d235c8987efe60fdeb2d', 5, '2026-11-27 21:21:14.048085+00', '\x7b226f7264657273223a5b7b227375626a656374223a22726f6c653a7472656173757265722d32222c2276657273696f6e223a312c227374617274223a302c226576656e7473223a5b5b22726f6c652e6772616e746564222c22726f6c653a7472656173757265722d32222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-6', '\xdc5c8b80f6b48c2684f0e305723ae1e5dd71604727f0ee10eb653f836dcccb89', 6, '2026-11-27 21:21:14.053253+00', '\x7b226f7264657273223a5b7b227375626a656374223a2266756e643a78222c2276657273696f6e223a312c227374617274223a302c226576656e7473223a5b5b2266756e642e6f70656e6564222c2266756e643a78222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-7', '\x7042fe68b48a61c04d0ed647d70609e6167a473e88bb98e681d36f8ca7110f2f', 7, '2026-11-27 21:21:14.062148+00', '\x7b226f7264657273223a5b7b227375626a656374223a2266756e643a78222c2276657273696f6e223a322c227374617274223a302c226576656e7473223a5b5b2266756e642e7265636569766564222c2266756e643a78222c325d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-8', '\x04738aaf71857e5430de378db0f463f244d71e3875294263b1716fbf3a1e04e8', 8, '2026-11-27 21:21:14.075133+00', '\x7b226f7264657273223a5b7b227375626a656374223a22617265613a63697479222c2276657273696f6e223a312c227374617274223a302c226576656e7473223a5b5b22617265612e6f70656e6564222c22617265613a63697479222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-9', '\x659061e1c0ad7c2f220fa3820a19028fe9d9e665f04ff3eb18576ec2409f2133', 9, '2026-11-27 21:21:14.086418+00', '\x7b226f7264657273223a5b7b227375626a656374223a22736368656d653a616964222c2276657273696f6e223a312c227374617274223a302c226576656e7473223a5b5b22736368656d652e61646f70746564222c22736368656d653a616964222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-10', '\x4c17b842cd5686eeb0e3ee4d3b07afb75e2ea682aa8844c4777e21818f6629ff', 10, '2026-11-27 21:21:14.094387+00', '\x7b226f7264657273223a5b7b227375626a656374223a22706572696f643a32303035222c2276657273696f6e223a312c227374617274223a302c226576656e7473223a5b5b22706572696f642e736f66742d636c6f736564222c22706572696f643a32303035222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-11', '\xbe2214e8d68f018620e1c9147ccf3611bcf28a0427f6d739f11ba2de322b91fa', 11, '2026-11-27 21:21:14.108224+00', '\x7b226f7264657273223a5b7b227375626a656374223a22706572696f643a32303035222c2276657273696f6e223a322c227374617274223a302c226576656e7473223a5b5b22706572696f642e636c6f736564222c22706572696f643a32303035222c325d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-12', '\xef0ee0109ef1a4eb4c38952a5b8b97e6e88663ccbcdfed6a2325bee4d20eb175', 12, '2026-11-27 21:21:14.327535+00', '\x7b226f7264657273223a5b7b227375626a656374223a22706572736f6e3a6169642d303030303030222c2276657273696f6e223a312c227374617274223a302c226576656e7473223a5b5b22706572736f6e2e72656769737465726564222c22706572736f6e3a6169642d303030303030222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d2c7b227375626a656374223a22656e7469746c656d656e743a6169642d303030303030222c2276657273696f6e223a312c227374617274223a312c226576656e7473223a5b5b22656e7469746c656d656e742e62726f756768742d696e222c22656e7469746c656d656e743a6169642d303030303030222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d2c7b227375626a656374223a22706572736f6e3a6169642d303030303031222c2276657273696f6e223a312c227374617274223a322c226576656e7473223a5b5b22706572736f6e2e72656769737465726564222c22706572736f6e3a6169642d303030303031222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d2c7b227375626a656374223a22656e7469746c656d656e743a6169642d303030303031222c2276657273696f6e223a312c227374617274223a332c226576656e7473223a5b5b22656e7469746c656d656e742e62726f756768742d696e222c22656e7469746c656d656e743a6169642d303030303031222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d2c7b227375626a656374223a22706572736f6e3a6169642d303030303032222c2276657273696f6e223a312c227374617274223a342c226576656e7473223a5b5b22706572736f6e2e72656769737465726564222c22706572736f6e3a6169642d303030303032222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d2c7b227375626a656374223a22656e7469746c656d656e743a6169642d303030303032222c2276657273696f6e223a312c227374617274223a352c226576656e7473223a5b5b22656e7469746c656d656e742e62726f756768742d696e222c22656e7469746c656d656e743a6169642d303030303032222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d2c7b227375626a656374223a22706572736f6e3a6169642d303030303033222c2276657273696f6e223a312c227374617274223a362c226576656e7473223a5b5b22706572736f6e2e72656769737465726564222c22706572736f6e3a6169642d303030303033222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d2c7b227375626a656374223a22656e7469746c656d656e743a6169642d303030303033222c2276657273696f6e223a312c227374617274223a372c226576656e7473223a5b5b22656e7469746c656d656e742e62726f756768742d696e222c22656e7469746c656d656e743a6169642d303030303033222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d2c7b227375626a656374223a22706572736f6e3a6169642d303030303034222c2276657273696f6e223a312c227374617274223a382c226576656e7473223a5b5b22706572736f6e2e72656769737465726564222c22706572736f6e3a6169642d303030303034222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d2c7b227375626a656374223a22656e7469746c656d656e743a6169642d303030303034222c2276657273696f6e223a312c227374617274223a392c226576656e7473223a5b5b22656e7469746c656d656e742e62726f756768742d696e222c22656e7469746c656d656e743a6169642d303030303034222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d2c7b227375626a656374223a22706572736f6e3a6169642d303030303035222c2276657273696f6e223a312c227374617274223a31302c226576656e7473223a5b5b22706572736f6e2e72656769737465726564222c22706572736f6e3a6169642d303030303035222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d2c7b227375626a656374223a22656e7469746c656d656e743a6169642d303030303035222c2276657273696f6e223a312c227374617274223a31312c226576656e7473223a5b5b22656e7469746c656d656e742e62726f756768742d696e222c22656e7469746c656d656e743a6169642d303030303035222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d2c7b227375626a656374223a22706572736f6e3a6169642d303030303036222c2276657273696f6e223a312c227374617274223a31322c226576656e7473223a5b5b22706572736f6e2e72656769737465726564222c22706572736f6e3a6169642d303030303036222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d2c7b227375626a656374223a22656e7469746c656d656e743a6169642d303030303036222c2276657273696f6e223a312c227374617274223a31332c226576656e7473223a5b5b22656e7469746c656d656e742e62726f756768742d696e222c22656e7469746c656d656e743a6169642d303030303036222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a747275657d'),
	('story-13', '\x546480cda09f0bd6876f96a55b72ff808be594151ed179d3be2af51c59d79e4f', 26, '2026-11-27 21:21:14.362172+00', '\x7b226f7264657273223a5b7b227375626a656374223a227061792d72756e3a6169643a323030372d3033222c2276657273696f6e223a312c227374617274223a302c226576656e7473223a5b5b227061792d72756e2e647261776e2d7570222c227061792d72756e3a6169643a323030372d3033222c315d5d2c226578747261223a7b22726f6c6c5f6174223a32352c22636f756e74223a372c22706572736f6e73223a7b2276616c7565223a372c22756e6974223a22706572736f6e227d2c22746f74616c223a7b2276616c7565223a37302c22756e6974223a2266656e227d2c22646967657374223a2231636263336466323832396638396530356530313864366366663162646639386264383133666233356236333736366234356163333336316461643065323232222c2268656c645f6261636b223a307d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-14', '\x7b2b060d48a9dd7c9c18ed7467008c2f7ba2bbb1ae906845377a2e68e5f8ffe6', 27, '2026-11-27 21:21:14.369166+00', '\x7b226f7264657273223a5b7b227375626a656374223a227061792d72756e3a6169643a323030372d3033222c2276657273696f6e223a322c227374617274223a302c226576656e7473223a5b5b227061792d72756e2e7265766965776564222c227061792d72756e3a6169643a323030372d3033222c325d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-15', '\xeb0a93a16c8357ddf0d4250516be6f18f4b3a1cfb699d3389c9d94f30eedbb1e', 28, '2026-11-27 21:21:14.379509+00', '\x7b226f7264657273223a5b7b227375626a656374223a227061792d72756e3a6169643a323030372d3033222c2276657273696f6e223a332c227374617274223a302c226576656e7473223a5b5b2266756e642e636f6d6d6974746564222c2266756e643a78222c335d2c5b227061792d72756e2e617070726f766564222c227061792d72756e3a6169643a323030372d3033222c335d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-16', '\xe909d3c1b9633034197fc2def9cb79793325c0377725e285afb3b49daa40e485', 30, '2026-11-27 21:21:14.387376+00', '\x7b226f7264657273223a5b7b227375626a656374223a22656e7469746c656d656e743a6169642d303030303033222c2276657273696f6e223a322c227374617274223a302c226576656e7473223a5b5b22656e7469746c656d656e742e73746f70706564222c22656e7469746c656d656e743a6169642d303030303033222c325d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-17', '\x9cddc6158d4e28843a67f68d76baab5399090446f4ceda8b9c7b0567bade1836', 31, '2026-11-27 21:21:14.429592+00', '\x7b226f7264657273223a5b7b227375626a656374223a227061792d72756e3a6169643a323030372d3033222c2276657273696f6e223a352c227374617274223a362c226576656e7473223a5b5b227061792d72756e2e6368756e6b2d72656c6561736564222c227061792d72756e3a6169643a323030372d3033222c345d2c5b227061792d72756e2e72656c6561736564222c227061792d72756e3a6169643a323030372d3033222c355d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-18', '\x3404cf5395b24f36150dfba291e846ebacc7744cfb9dac5cb5ee3ac08a7ae1bd', 39, '2026-11-27 21:21:14.436967+00', '\x7b226f7264657273223a5b7b227375626a656374223a227061792d72756e3a6169643a323030372d3033222c2276657273696f6e223a362c227374617274223a302c226576656e7473223a5b5b227061796d656e742e72657475726e6564222c227061796d656e743a6169643a323030372d30333a3033633566333465633338386235313730623131222c325d2c5b227061796d656e742e72657475726e6564222c227061796d656e743a6169643a323030372d30333a3138363733373933353634303466333134653261222c325d2c5b2266756e642e756e636f6d6d6974746564222c2266756e643a78222c345d2c5b227061792d72756e2e736574746c6564222c227061792d72756e3a6169643a323030372d3033222c365d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-19', '\x52166ae8076e245a6a42a450f3a96815e8617d9aec14f820a93841ae72f07410', 43, '2026-11-27 21:21:14.455093+00', '\x7b226f7264657273223a5b7b227375626a656374223a227061796d656e743a6169643a323030372d30333a3033633566333465633338386235313730623131222c2276657273696f6e223a332c227374617274223a302c226576656e7473223a5b5b227061796d656e742e7265697373756564222c227061796d656e743a6169643a323030372d30333a3033633566333465633338386235313730623131222c335d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-20', '\xc562ac6e98fdd3c651b553f682d5f08da2d2c9842f92c617618a18eeda14d8b0', 44, '2026-11-27 21:21:14.466161+00', '\x7b226f7264657273223a5b7b227375626a656374223a227061796d656e743a6169643a323030372d30333a3138363733373933353634303466333134653261222c2276657273696f6e223a332c227374617274223a302c226576656e7473223a5b5b2266756e642e7265636f7665726564222c2266756e643a78222c355d2c5b227061796d656e742e7772697474656e2d6261636b222c227061796d656e743a6169643a323030372d30333a3138363733373933353634303466333134653261222c335d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-21', '\xaa40a3e559217cd66e7f6a32256241dd06e617848056a701578411135e71cc93', 46, '2026-11-27 21:21:14.501128+00', '\x7b226f7264657273223a5b7b227375626a656374223a227061796d656e743a6169643a323030372d30333a3539323566633863343765613662663363366434222c2276657273696f6e223a322c227374617274223a302c226576656e7473223a5b5b2266756e642e636f6d6d6974746564222c2266756e643a78222c365d2c5b227061796d656e742e737570706c656d656e746564222c227061796d656e743a6169643a323030372d30333a3539323566633863343765613662663363366434222c325d2c5b227061796d656e742e6d616465222c227061796d656e743a6169643a323030372d30333a6133626335663234653461633962336338353739222c315d5d2c226578747261223a7b227061796d656e74223a227061796d656e743a6169643a323030372d30333a6133626335663234653461633962336338353739227d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-22', '\xd2df4fdf47b6d2944170ee626e40a41413da56a9c04b70a739e6ab51dc1f7488', 49, '2026-11-27 21:21:14.504071+00', '\x7b226f7264657273223a5b7b227375626a656374223a227265636f766572793a762d31222c2276657273696f6e223a312c227374617274223a302c226576656e7473223a5b5b227061796d656e742e6f76657270616964222c227061796d656e743a6169643a323030372d30333a3964393062656362323863393737313736623337222c325d2c5b227265636f766572792e65737461626c6973686564222c227265636f766572793a762d31222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-23', '\xbca7b44e0088a40e712523cac9405473e4370b64d320ef2a6c7d62ad726df4b5', 51, '2026-11-27 21:21:14.507091+00', '\x7b226f7264657273223a5b7b227375626a656374223a227265636f766572793a762d31222c2276657273696f6e223a322c227374617274223a302c226576656e7473223a5b5b2266756e642e7265636f7665726564222c2266756e643a78222c375d2c5b227265636f766572792e7265636569766564222c227265636f766572793a762d31222c325d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-24', '\xea62daf15b3974a6a5c971833ab305514fdb3f7ca952dbefeb500f9dbae578aa', 53, '2026-11-27 21:21:14.526936+00', '\x7b226f7264657273223a5b7b227375626a656374223a227265636f766572793a762d31222c2276657273696f6e223a332c227374617274223a302c226576656e7473223a5b5b227265636f766572792e7772697474656e2d6f6666222c227265636f766572793a762d31222c335d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-25', '\x97621ce8e2f530b260e4b763c21d76a283f5d88c12c9853c603d4425225d6de5', 54, '2026-11-27 21:21:14.534388+00', '\x7b226f7264657273223a5b7b227375626a656374223a22736368656d653a6c6f77222c2276657273696f6e223a312c227374617274223a302c226576656e7473223a5b5b22736368656d652e61646f70746564222c22736368656d653a6c6f77222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-26', '\x98b82bd67f8a8666582fa873772263a0a78c67539dbe88073ff1bec5ce1ea981', 55, '2026-11-27 21:21:14.540744+00', '\x7b226f7264657273223a5b7b227375626a656374223a22736368656d653a7072696365222c2276657273696f6e223a312c227374617274223a302c226576656e7473223a5b5b22736368656d652e61646f70746564222c22736368656d653a7072696365222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-28', '\x739b56dbc7edc2c959a1a19057ffa06a861c38b01b6b1381f227cdac03aec157', 60, '2026-11-27 21:21:14.582328+00', '\x7b226f7264657273223a5b7b227375626a656374223a227061792d72756e3a6c6f773a323030372d3033222c2276657273696f6e223a312c227374617274223a302c226576656e7473223a5b5b227061792d72756e2e647261776e2d7570222c227061792d72756e3a6c6f773a323030372d3033222c315d5d2c226578747261223a7b22726f6c6c5f6174223a35392c22636f756e74223a312c22706572736f6e73223a7b2276616c7565223a322c22756e6974223a22706572736f6e227d2c22746f74616c223a7b2276616c7565223a36302c22756e6974223a2266656e227d2c22646967657374223a2232363639623631386633306561386135663864663531356238663664653262363636393034326439396235333430653130643561383236633732653234643466222c2268656c645f6261636b223a307d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-27', '\x4a28d33f918de56d8ca84dc7e466ca429d9506ed0025683b3582bb381d47bdba', 56, '2026-11-27 21:21:14.57154+00', '\x7b226f7264657273223a5b7b227375626a656374223a22706572736f6e3a6c6f772d31222c2276657273696f6e223a312c227374617274223a302c226576656e7473223a5b5b22706572736f6e2e72656769737465726564222c22706572736f6e3a6c6f772d31222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d2c7b227375626a656374223a22706572736f6e3a6c6f772d32222c2276657273696f6e223a312c227374617274223a312c226576656e7473223a5b5b22706572736f6e2e72656769737465726564222c22706572736f6e3a6c6f772d32222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d2c7b227375626a656374223a22686f757365686f6c643a682d31222c2276657273696f6e223a312c227374617274223a322c226576656e7473223a5b5b22686f757365686f6c642e666f726d6564222c22686f757365686f6c643a682d31222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d2c7b227375626a656374223a22656e7469746c656d656e743a6c6f77222c2276657273696f6e223a312c227374617274223a332c226576656e7473223a5b5b22656e7469746c656d656e742e62726f756768742d696e222c22656e7469746c656d656e743a6c6f77222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a747275657d'),
	('story-30', '\x72c1f48134d07db9594168f4782ff587725721cd9f9e54de39dbe0290599ce32', 62, '2026-11-27 21:21:14.584819+00', '\x7b226f7264657273223a5b7b227375626a656374223a227061792d72756e3a6c6f773a323030372d3033222c2276657273696f6e223a332c227374617274223a302c226576656e7473223a5b5b2266756e642e636f6d6d6974746564222c2266756e643a78222c385d2c5b227061792d72756e2e617070726f766564222c227061792d72756e3a6c6f773a323030372d3033222c335d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-32', '\x2c1670f9d608d0506957b598c34c1cb973f0d9cc1e61773463c4de9d5ca758c7', 67, '2026-11-27 21:21:14.602785+00', '\x7b226f7264657273223a5b7b227375626a656374223a227061792d72756e3a6c6f773a323030372d3033222c2276657273696f6e223a362c227374617274223a302c226576656e7473223a5b5b227061792d72756e2e736574746c6564222c227061792d72756e3a6c6f773a323030372d3033222c365d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-35', '\xd7f44bcad19bd1a848a6099dba8c0e66d55c2c1498e922883cd05b820099eade', 70, '2026-11-27 21:21:14.618743+00', '\x7b226f7264657273223a5b7b227375626a656374223a227061792d72756e3a70726963653a323030372d3033222c2276657273696f6e223a332c227374617274223a302c226576656e7473223a5b5b2266756e642e636f6d6d6974746564222c2266756e643a78222c395d2c5b227061792d72756e2e617070726f766564222c227061792d72756e3a70726963653a323030372d3033222c335d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-37', '\xbf38f0c6e8885952a4cd34a1ca76b0c3363d109922a0defe2addd2249a109fcc', 76, '2026-11-27 21:21:14.63266+00', '\x7b226f7264657273223a5b7b227375626a656374223a227061792d72756e3a70726963653a323030372d3033222c2276657273696f6e223a362c227374617274223a302c226576656e7473223a5b5b227061792d72756e2e736574746c6564222c227061792d72756e3a70726963653a323030372d3033222c365d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-40', '\xcd6e8ce5359fef22f84e75e624da9a0073fc72c1e3e16aaa8411fc14f1580f54', 79, '2026-11-27 21:21:14.646368+00', '\x7b226f7264657273223a5b7b227375626a656374223a227061792d72756e3a6c6f773a323030372d3034222c2276657273696f6e223a332c227374617274223a302c226576656e7473223a5b5b2266756e642e636f6d6d6974746564222c2266756e643a78222c31305d2c5b227061792d72756e2e617070726f766564222c227061792d72756e3a6c6f773a323030372d3034222c335d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-43', '\x2dae885ee79a1f575d1fab73aaf6776bb0a981a659e963532324ba1dd7a63eaa', 83, '2026-11-27 21:21:14.667728+00', '\x7b226f7264657273223a5b7b227375626a656374223a227061792d72756e3a70726963653a323030372d3034222c2276657273696f6e223a332c227374617274223a302c226576656e7473223a5b5b2266756e642e636f6d6d6974746564222c2266756e643a78222c31315d2c5b227061792d72756e2e617070726f766564222c227061792d72756e3a70726963653a323030372d3034222c335d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-46', '\xba1705253c09c938ff8beefa28211d5e467ab06e9e9b7ee74be6d40d9f272c7b', 87, '2026-11-27 21:21:14.678956+00', '\x7b226f7264657273223a5b7b227375626a656374223a22646f6e6174696f6e3a642d31222c2276657273696f6e223a312c227374617274223a302c226576656e7473223a5b5b22646f6e6174696f6e2e7265636569766564222c22646f6e6174696f6e3a642d31222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-51', '\xe19b130ce11714154ca041b79086b7383c98880fba6ebc1427462a08c9ecc7a2', 92, '2026-11-27 21:21:14.700889+00', '\x7b226f7264657273223a5b7b227375626a656374223a22706572736f6e3a7365616c65642d32222c2276657273696f6e223a312c227374617274223a302c226576656e7473223a5b5b22706572736f6e2e72656769737465726564222c22706572736f6e3a7365616c65642d32222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-54', '\x9cfa51e42092beeadaf02169d92558ad6676c2365e77f5f7ce0172b9a10c1268', 95, '2026-11-27 21:21:14.750779+00', '\x7b226f7264657273223a5b7b227375626a656374223a227061792d72756e3a6b657965643a323030372d3033222c2276657273696f6e223a312c227374617274223a302c226576656e7473223a5b5b227061792d72756e2e647261776e2d7570222c227061792d72756e3a6b657965643a323030372d3033222c315d5d2c226578747261223a7b22726f6c6c5f6174223a39342c22636f756e74223a312c22706572736f6e73223a7b2276616c7565223a312c22756e6974223a22706572736f6e227d2c22746f74616c223a7b2276616c7565223a31322c22756e6974223a2266656e227d2c22646967657374223a2261373163366461656234376464663662613036396535303935313166313963393337353632616566373562343233323563386239633633376461396263643763222c2268656c645f6261636b223a307d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-57', '\x5874bcb1d0c2f970a1abb25c897d7c0462d8e63286db06c26f24bc71c2a6cdd2', 99, '2026-11-27 21:21:14.796851+00', '\x7b226f7264657273223a5b7b227375626a656374223a227061792d72756e3a6b657965643a323030372d3033222c2276657273696f6e223a352c227374617274223a312c226576656e7473223a5b5b227061792d72756e2e6368756e6b2d72656c6561736564222c227061792d72756e3a6b657965643a323030372d3033222c345d2c5b227061792d72756e2e72656c6561736564222c227061792d72756e3a6b657965643a323030372d3033222c355d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-29', '\x1c5542279588e5142b8adf9b803078c845c06d1cb0ee3533529eb40b3935c4b8', 61, '2026-11-27 21:21:14.583347+00', '\x7b226f7264657273223a5b7b227375626a656374223a227061792d72756e3a6c6f773a323030372d3033222c2276657273696f6e223a322c227374617274223a302c226576656e7473223a5b5b227061792d72756e2e7265766965776564222c227061792d72756e3a6c6f773a323030372d3033222c325d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-33', '\x3716e97d2e16fb23d919fea8e567fc838dcf9c983e82fa40fac80ddd7a991fec', 68, '2026-11-27 21:21:14.612485+00', '\x7b226f7264657273223a5b7b227375626a656374223a227061792d72756e3a70726963653a323030372d3033222c2276657273696f6e223a312c227374617274223a302c226576656e7473223a5b5b227061792d72756e2e647261776e2d7570222c227061792d72756e3a70726963653a323030372d3033222c315d5d2c226578747261223a7b22726f6c6c5f6174223a36372c22636f756e74223a322c22706572736f6e73223a7b2276616c7565223a322c22756e6974223a22706572736f6e227d2c22746f74616c223a7b2276616c7565223a342c22756e6974223a2266656e227d2c22646967657374223a2230643534336337396536323735393638646666376263343038313239313665643032636539383036653537643530666638643531363531346662316139636435222c2268656c645f6261636b223a307d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-36', '\x84e0e8f7cafadcd520237a28d5cb7be555eae49037bf5874a4b0d9695f83b792', 72, '2026-11-27 21:21:14.630135+00', '\x7b226f7264657273223a5b7b227375626a656374223a227061792d72756e3a70726963653a323030372d3033222c2276657273696f6e223a352c227374617274223a322c226576656e7473223a5b5b227061792d72756e2e6368756e6b2d72656c6561736564222c227061792d72756e3a70726963653a323030372d3033222c345d2c5b227061792d72756e2e72656c6561736564222c227061792d72756e3a70726963653a323030372d3033222c355d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-39', '\x35edacac0cbbc82b865d512af63990bfd7a7ef927d7cbef208a19155c7b59854', 78, '2026-11-27 21:21:14.642844+00', '\x7b226f7264657273223a5b7b227375626a656374223a227061792d72756e3a6c6f773a323030372d3034222c2276657273696f6e223a322c227374617274223a302c226576656e7473223a5b5b227061792d72756e2e7265766965776564222c227061792d72756e3a6c6f773a323030372d3034222c325d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-42', '\x6c0ee2d2d3690582afe71cbd9475d97b6c7260e5e1701c0d2b5479b74ef33b85', 82, '2026-11-27 21:21:14.66675+00', '\x7b226f7264657273223a5b7b227375626a656374223a227061792d72756e3a70726963653a323030372d3034222c2276657273696f6e223a322c227374617274223a302c226576656e7473223a5b5b227061792d72756e2e7265766965776564222c227061792d72756e3a70726963653a323030372d3034222c325d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-45', '\x9d6dee80b9db3cd9a7f33e157fdb56e370f2c4532b45d83441b10ac86f0e2b5e', 86, '2026-11-27 21:21:14.674569+00', '\x7b226f7264657273223a5b7b227375626a656374223a2266756e643a6769667473222c2276657273696f6e223a312c227374617274223a302c226576656e7473223a5b5b2266756e642e6f70656e6564222c2266756e643a6769667473222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-48', '\xb5b4bebc695711fa6bc377a7aa941b0abde9286faba208e1fdc973d7358d17f1', 89, '2026-11-27 21:21:14.68987+00', '\x7b226f7264657273223a5b7b227375626a656374223a2266756e643a6769667473222c2276657273696f6e223a322c227374617274223a302c226576656e7473223a5b5b2266756e642e6761746865726564222c2266756e643a6769667473222c325d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-50', '\x1409370322c9cd1da0c97e71b9a9157b6222f7f07c6a6d71613a45c965c31936', 91, '2026-11-27 21:21:14.69895+00', '\x7b226f7264657273223a5b7b227375626a656374223a22706572736f6e3a7365616c65642d31222c2276657273696f6e223a312c227374617274223a302c226576656e7473223a5b5b22706572736f6e2e72656769737465726564222c22706572736f6e3a7365616c65642d31222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-53', '\x0e573ca098f0f7475de52939694935159117ef405681acd97f6938f17f3f41fb', 94, '2026-11-27 21:21:14.718692+00', '\x7b226f7264657273223a5b7b227375626a656374223a22656e7469746c656d656e743a6b657965642d31222c2276657273696f6e223a312c227374617274223a302c226576656e7473223a5b5b22656e7469746c656d656e742e62726f756768742d696e222c22656e7469746c656d656e743a6b657965642d31222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-56', '\x3a9d7538ca8309a3f360d6e7b6e055c5d5565fd6828b9febb2b5a577b9f7c72f', 97, '2026-11-27 21:21:14.767058+00', '\x7b226f7264657273223a5b7b227375626a656374223a227061792d72756e3a6b657965643a323030372d3033222c2276657273696f6e223a332c227374617274223a302c226576656e7473223a5b5b2266756e642e636f6d6d6974746564222c2266756e643a78222c31325d2c5b227061792d72756e2e617070726f766564222c227061792d72756e3a6b657965643a323030372d3033222c335d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-58', '\x8a42e04f0df2e758fc817f66ffda15f57d1518956745ecdebd991703e3b088af', 102, '2026-11-27 21:21:14.803195+00', '\x7b226f7264657273223a5b7b227375626a656374223a227061792d72756e3a6b657965643a323030372d3033222c2276657273696f6e223a362c227374617274223a302c226576656e7473223a5b5b227061792d72756e2e736574746c6564222c227061792d72756e3a6b657965643a323030372d3033222c365d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-60', '\x792932bd791cbb466c9ca35b03e3e50a97afdedd9befe4537f3fa7117be6d95d', 104, '2026-11-27 21:21:15.601803+00', '\x7b226f7264657273223a5b7b227375626a656374223a22776562686f6f6b3a7265636569766572222c2276657273696f6e223a312c227374617274223a302c226576656e7473223a5b5b22776562686f6f6b2e6164646564222c22776562686f6f6b3a7265636569766572222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d');
INSERT INTO ledger.receipts VALUES
	('story-31', '\x81b18f7a1153f8ead25eeb755a46a61c794766e87c332f878c1774f609b7a682', 64, '2026-11-27 21:21:14.600905+00', '\x7b226f7264657273223a5b7b227375626a656374223a227061792d72756e3a6c6f773a323030372d3033222c2276657273696f6e223a352c227374617274223a312c226576656e7473223a5b5b227061792d72756e2e6368756e6b2d72656c6561736564222c227061792d72756e3a6c6f773a323030372d3033222c345d2c5b227061792d72756e2e72656c6561736564222c227061792d72756e3a6c6f773a323030372d3033222c355d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-34', '\x0b9bdc3f74970c8c396bba41bdc20c9b6b3d0d24ecc16b38c81fca05399f419d', 69, '2026-11-27 21:21:14.615582+00', '\x7b226f7264657273223a5b7b227375626a656374223a227061792d72756e3a70726963653a323030372d3033222c2276657273696f6e223a322c227374617274223a302c226576656e7473223a5b5b227061792d72756e2e7265766965776564222c227061792d72756e3a70726963653a323030372d3033222c325d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-38', '\xf4b73bf55ede02dec4cf2d970752aaf0006c93e7a69807f7946a53efcbf78b33', 77, '2026-11-27 21:21:14.640861+00', '\x7b226f7264657273223a5b7b227375626a656374223a227061792d72756e3a6c6f773a323030372d3034222c2276657273696f6e223a312c227374617274223a302c226576656e7473223a5b5b227061792d72756e2e647261776e2d7570222c227061792d72756e3a6c6f773a323030372d3034222c315d5d2c226578747261223a7b22726f6c6c5f6174223a37362c22636f756e74223a312c22706572736f6e73223a7b2276616c7565223a322c22756e6974223a22706572736f6e227d2c22746f74616c223a7b2276616c7565223a36302c22756e6974223a2266656e227d2c22646967657374223a2235303437343831363530306163396234643164373862653530656636613064623739323433626238616261323835633565633037306366336565373332363230222c2268656c645f6261636b223a307d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-41', '\xb32beefdbee179f4a07911ed51b2f5a30e0b43ed30e9244171378a5cb8646dba', 81, '2026-11-27 21:21:14.661951+00', '\x7b226f7264657273223a5b7b227375626a656374223a227061792d72756e3a70726963653a323030372d3034222c2276657273696f6e223a312c227374617274223a302c226576656e7473223a5b5b227061792d72756e2e647261776e2d7570222c227061792d72756e3a70726963653a323030372d3034222c315d5d2c226578747261223a7b22726f6c6c5f6174223a38302c22636f756e74223a322c22706572736f6e73223a7b2276616c7565223a322c22756e6974223a22706572736f6e227d2c22746f74616c223a7b2276616c7565223a342c22756e6974223a2266656e227d2c22646967657374223a2237653837633564666639313337393235316661333631393731303466373836666231383762656136393836656661346666626264366139656531623962333665222c2268656c645f6261636b223a307d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-44', '\xfbcb746732162d59d54c03338dacda5da52c740f7882c01c7577ce2b4f4af7f4', 85, '2026-11-27 21:21:14.668576+00', '\x7b226f7264657273223a5b7b227375626a656374223a22726f6c653a66756e647261697365722d31222c2276657273696f6e223a312c227374617274223a302c226576656e7473223a5b5b22726f6c652e6772616e746564222c22726f6c653a66756e647261697365722d31222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-47', '\x13ff1c826d195a078cc35332bb821d0268b1e9a2b8d8268f644711748ecd2920', 88, '2026-11-27 21:21:14.680578+00', '\x7b226f7264657273223a5b7b227375626a656374223a22646f6e6174696f6e3a642d32222c2276657273696f6e223a312c227374617274223a302c226576656e7473223a5b5b22646f6e6174696f6e2e7265636569766564222c22646f6e6174696f6e3a642d32222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-49', '\xc822d9dd7e4aeb6f2bfc39cd5f215c517adfde25548445a0ee13355ed1e708f1', 90, '2026-11-27 21:21:14.69534+00', '\x7b226f7264657273223a5b7b227375626a656374223a22736368656d653a6b65796564222c2276657273696f6e223a312c227374617274223a302c226576656e7473223a5b5b22736368656d652e61646f70746564222c22736368656d653a6b65796564222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-52', '\xddb785d0a9bdffa94771515bc988acb7721b24e8831f7faa3b6027ad5ece01c9', 93, '2026-11-27 21:21:14.70387+00', '\x7b226f7264657273223a5b7b227375626a656374223a22706572736f6e3a7365616c65642d32222c2276657273696f6e223a322c227374617274223a302c226576656e7473223a5b5b22706572736f6e2e657261736564222c22706572736f6e3a7365616c65642d32222c325d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-55', '\xff94bb7a9e31d1aa55ce4cc8bf01167fea77e6c3a6c1cdfaa762e6054a8e408a', 96, '2026-11-27 21:21:14.757528+00', '\x7b226f7264657273223a5b7b227375626a656374223a227061792d72756e3a6b657965643a323030372d3033222c2276657273696f6e223a322c227374617274223a302c226576656e7473223a5b5b227061792d72756e2e7265766965776564222c227061792d72756e3a6b657965643a323030372d3033222c325d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d'),
	('story-59', '\xaa590aaf23472d6452913ec0accce1fbafe257a5dc60eb8d12cfff037a7dd6b1', 103, '2026-11-27 21:21:15.536691+00', '\x7b226f7264657273223a5b7b227375626a656374223a22726f6c653a61756469746f722d31222c2276657273696f6e223a312c227374617274223a302c226576656e7473223a5b5b22726f6c652e6772616e746564222c22726f6c653a61756469746f722d31222c315d5d2c226578747261223a7b7d2c226265666f7265223a5b5d7d5d2c226c6973746564223a66616c73657d');


--
-- Data for Name: sealed; Type: TABLE DATA; Schema: vault; Owner: mingzhang_vault
--

INSERT INTO vault.sealed VALUES
	('scheme:keyed', '\xdede002b03156701f716681423a1102094f9a89e201746c8fdf529e793834aaffa335bcd0c1a9e9c0efbff803417e9e3c109b29b2a7678f5c9c0665a', '\x8471c162ea7b1967c7f5fe8ba46ce17f629915bb66ca26cb5ff1872da96e89240108ccd238b919eea56ea93886386044e9fae3b0d352470518fa9762009f6dab456c440df90b8372b162b2b32ec238dde093c3a29875e32fb93309214850db36a7656306849de8e22593'),
	('person:sealed-1', '\xf648b0777a15225e700591b0bbb40e56220514354d18c9d9a21b71ef4c0da7202ccb558bcb53f203b1012cc6d2cecc072bcce3f328954262ed3c476e', '\x73204ba3d4bb5ae161d2bc51b8ed61a03e202b7c5bf2a39132768bdf5dd0c6d4c59d67f5547a0aed9bf731e8ddad8435d5e79cf690f4f131fbf92f11997b5426dc07c8f0e04d0a5f915a60e79cc51ba00ad20964049cf32d2c151ce543ff7f02fc8b1ded5b44b0890560e64402c9'),
	('person:sealed-2', NULL, NULL),
	('webhook:receiver#1', '\xc230c5d60d914c73fd95e3d94952b4e3b474f16b5677e4499282f258c9aecaf342461f667a5055c51ad3471132e149154cc14b1174bee92478dd5b8b', '\x3f8c826dc857f3b6d05c2a938c52ed9c6c77f06c08c8c96376c475ffc06fdd60dd498c5f6416c6269f2025c73da651adfe950585bcf239446a8712783d1c0386b7a120240b6f406debe7e5af0535fb6a38229a49606b57cf75bb43');


--
-- Data for Name: balance_cells; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--



--
-- Data for Name: balance_payers; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--

INSERT INTO views.balance_payers VALUES
	('recovery:v-1', 'aid');


--
-- Data for Name: balance_places; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--

INSERT INTO views.balance_places OVERRIDING SYSTEM VALUE VALUES
	(1, ''),
	(2, 'area:city');


--
-- Data for Name: balance_series; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--

INSERT INTO views.balance_series OVERRIDING SYSTEM VALUE VALUES
	(1, 'available:gifts:general', 'fen', 'available', 'gifts', 'general', '', ''),
	(2, 'available:x:general', 'fen', 'available', 'x', 'general', '', ''),
	(3, 'committed:x:general:pay-run:aid:2007-03', 'fen', 'committed', 'x', 'general', 'pay-run:aid:2007-03', ''),
	(4, 'committed:x:general:pay-run:keyed:2007-03', 'fen', 'committed', 'x', 'general', 'pay-run:keyed:2007-03', ''),
	(5, 'committed:x:general:pay-run:low:2007-03', 'fen', 'committed', 'x', 'general', 'pay-run:low:2007-03', ''),
	(6, 'committed:x:general:pay-run:low:2007-04', 'fen', 'committed', 'x', 'general', 'pay-run:low:2007-04', ''),
	(7, 'committed:x:general:pay-run:price:2007-03', 'fen', 'committed', 'x', 'general', 'pay-run:price:2007-03', ''),
	(8, 'committed:x:general:pay-run:price:2007-04', 'fen', 'committed', 'x', 'general', 'pay-run:price:2007-04', ''),
	(9, 'lost:x:general:aid', 'fen', 'lost', 'x', 'general', 'aid', 'aid'),
	(10, 'out:gifts:general:donors', 'fen', 'out', 'gifts', 'general', 'donors', ''),
	(11, 'out:x:general:fiscal', 'fen', 'out', 'x', 'general', 'fiscal', ''),
	(12, 'owed:x:general:recovery:v-1', 'fen', 'owed', 'x', 'general', 'recovery:v-1', ''),
	(13, 'received:gifts:general', 'fen', 'received', 'gifts', 'general', '', ''),
	(14, 'returned:x:general:pay-run:aid:2007-03', 'fen', 'returned', 'x', 'general', 'pay-run:aid:2007-03', ''),
	(15, 'spent:x:general:aid', 'fen', 'spent', 'x', 'general', 'aid', 'aid'),
	(16, 'spent:x:general:low', 'fen', 'spent', 'x', 'general', 'low', 'low'),
	(17, 'spent:x:general:price', 'fen', 'spent', 'x', 'general', 'price', 'price'),
	(18, 'spent:x:general:keyed', 'fen', 'spent', 'x', 'general', 'keyed', 'keyed');


--
-- Data for Name: balance_tail; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--

INSERT INTO views.balance_tail VALUES
	(7, 11, 1, '2006-01-01', -10000),
	(7, 2, 1, '2006-01-01', 10000),
	(28, 2, 1, '2007-03-15', -70),
	(28, 3, 1, '2007-03-15', 70),
	(31, 3, 2, '2007-03-15', -10),
	(31, 15, 2, '2007-03-15', 10),
	(32, 3, 2, '2007-03-15', -10),
	(32, 15, 2, '2007-03-15', 10),
	(33, 3, 2, '2007-03-15', -10),
	(33, 15, 2, '2007-03-15', 10),
	(34, 3, 2, '2007-03-15', -10),
	(34, 15, 2, '2007-03-15', 10),
	(35, 3, 2, '2007-03-15', -10),
	(35, 15, 2, '2007-03-15', 10),
	(36, 3, 2, '2007-03-15', -10),
	(36, 15, 2, '2007-03-15', 10),
	(39, 15, 1, '2007-03-15', -10),
	(39, 14, 1, '2007-03-15', 10),
	(40, 15, 1, '2007-03-15', -10),
	(40, 14, 1, '2007-03-15', 10),
	(41, 3, 1, '2007-03-15', -10),
	(41, 2, 1, '2007-03-15', 10),
	(43, 14, 1, '2007-03-15', -10),
	(43, 15, 1, '2007-03-15', 10),
	(44, 14, 1, '2007-03-15', -10),
	(44, 2, 1, '2007-03-15', 10),
	(46, 2, 1, '2007-03-15', -3),
	(46, 3, 1, '2007-03-15', 3),
	(48, 3, 2, '2007-03-15', -3),
	(48, 15, 2, '2007-03-15', 3),
	(50, 15, 1, '2007-03-15', -10),
	(50, 12, 1, '2007-03-15', 10),
	(51, 12, 1, '2007-03-15', -4),
	(51, 2, 1, '2007-03-15', 4),
	(53, 12, 1, '2007-03-15', -6),
	(53, 9, 1, '2007-03-15', 6),
	(62, 2, 1, '2007-03-15', -60),
	(62, 5, 1, '2007-03-15', 60),
	(64, 5, 2, '2007-03-15', -60),
	(64, 16, 2, '2007-03-15', 60),
	(70, 2, 1, '2007-03-15', -4),
	(70, 7, 1, '2007-03-15', 4),
	(72, 7, 2, '2007-03-15', -2),
	(72, 17, 2, '2007-03-15', 2),
	(73, 7, 2, '2007-03-15', -2),
	(73, 17, 2, '2007-03-15', 2),
	(79, 2, 1, '2007-03-15', -60),
	(79, 6, 1, '2007-03-15', 60),
	(83, 2, 1, '2007-03-15', -4),
	(83, 8, 1, '2007-03-15', 4);
INSERT INTO views.balance_tail VALUES
	(87, 10, 1, '2007-03-15', -500),
	(87, 13, 1, '2007-03-15', 500),
	(88, 10, 1, '2007-03-15', -300),
	(88, 13, 1, '2007-03-15', 300),
	(89, 13, 1, '2007-03-16', -800),
	(89, 1, 1, '2007-03-16', 800),
	(97, 2, 1, '2007-03-15', -12),
	(97, 4, 1, '2007-03-15', 12),
	(99, 4, 2, '2007-03-15', -12),
	(99, 18, 2, '2007-03-15', 12);


--
-- Data for Name: fact_cells; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--



--
-- Data for Name: fact_names; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--

INSERT INTO views.fact_names OVERRIDING SYSTEM VALUE VALUES
	(1, ''),
	(2, 'household:h-1'),
	(3, 'person:aid-000000'),
	(4, 'person:aid-000001'),
	(5, 'person:aid-000002'),
	(6, 'person:aid-000003'),
	(7, 'person:aid-000004'),
	(8, 'person:aid-000005'),
	(9, 'person:aid-000006'),
	(10, 'person:low-1'),
	(11, 'person:low-2'),
	(12, 'person:sealed-1');


--
-- Data for Name: fact_places; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--

INSERT INTO views.fact_places OVERRIDING SYSTEM VALUE VALUES
	(1, ''),
	(2, 'area:city');


--
-- Data for Name: fact_series; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--

INSERT INTO views.fact_series OVERRIDING SYSTEM VALUE VALUES
	(1, 'committed', 'fen', '', 'fund:x', ''),
	(2, 'donated', 'fen', '', 'fund:gifts', 'organisation:civil-affairs-bureau'),
	(3, 'entitlements', 'household', 'low', '', 'brought-in'),
	(4, 'entitlements', 'person', 'aid', '', 'brought-in'),
	(5, 'entitlements', 'person', 'keyed', '', 'brought-in'),
	(6, 'household-members', 'person', '', '', ''),
	(7, 'payment-persons', 'person-month', 'aid', 'fund:x', ''),
	(8, 'payment-persons', 'person-month', 'low', 'fund:x', ''),
	(9, 'payment-persons', 'person-month', 'price', 'fund:x', ''),
	(10, 'rate', 'fen', 'aid', '', '2006-01-01:a'),
	(11, 'rate', 'fen', 'keyed', '', '2006-01-01:a'),
	(12, 'rate', 'fen', 'low', '', '2006-01-01:a'),
	(13, 'rate', 'fen', 'price', '', '2006-01-01:a'),
	(14, 'payment-persons', 'person-month', 'keyed', 'fund:x', '');


--
-- Data for Name: fact_tail; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--

INSERT INTO views.fact_tail VALUES
	(9, 10, 1, '2006-01-01', 10),
	(13, 4, 2, '2006-01-01', 1),
	(15, 4, 2, '2006-01-01', 1),
	(17, 4, 2, '2006-01-01', 1),
	(19, 4, 2, '2006-01-01', 1),
	(21, 4, 2, '2006-01-01', 1),
	(23, 4, 2, '2006-01-01', 1),
	(25, 4, 2, '2006-01-01', 1),
	(28, 1, 1, '2007-03-15', 70),
	(30, 4, 2, '2007-03-15', -1),
	(31, 7, 2, '2007-03-15', 1),
	(32, 7, 2, '2007-03-15', 1),
	(33, 7, 2, '2007-03-15', 1),
	(34, 7, 2, '2007-03-15', 1),
	(35, 7, 2, '2007-03-15', 1),
	(36, 7, 2, '2007-03-15', 1),
	(41, 1, 1, '2007-03-15', -10),
	(45, 7, 2, '2007-03-15', -1),
	(46, 1, 1, '2007-03-15', 3),
	(54, 12, 1, '2006-01-01', 30),
	(55, 13, 1, '2006-01-01', 2),
	(58, 6, 2, '2006-01-01', 1),
	(58, 6, 2, '2006-01-01', 1),
	(59, 3, 2, '2006-01-01', 1),
	(62, 1, 1, '2007-03-15', 60),
	(64, 8, 2, '2007-03-15', 2),
	(70, 1, 1, '2007-03-15', 4),
	(72, 9, 2, '2007-03-15', 1),
	(73, 9, 2, '2007-03-15', 1),
	(79, 1, 1, '2007-03-15', 60),
	(83, 1, 1, '2007-03-15', 4),
	(87, 2, 1, '2007-03-15', 500),
	(88, 2, 1, '2007-03-15', 300),
	(90, 11, 1, '2006-01-01', 12),
	(94, 5, 2, '2006-01-01', 1),
	(97, 1, 1, '2007-03-15', 12),
	(99, 14, 2, '2007-03-15', 1);


--
-- Data for Name: fact_whos; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--

INSERT INTO views.fact_whos VALUES
	(13, 4, 2, '2006-01-01', 1, 1, 3),
	(15, 4, 2, '2006-01-01', 1, 1, 4),
	(17, 4, 2, '2006-01-01', 1, 1, 5),
	(19, 4, 2, '2006-01-01', 1, 1, 6),
	(21, 4, 2, '2006-01-01', 1, 1, 7),
	(23, 4, 2, '2006-01-01', 1, 1, 8),
	(25, 4, 2, '2006-01-01', 1, 1, 9),
	(30, 4, 2, '2007-03-15', -1, 1, 6),
	(58, 6, 2, '2006-01-01', 1, 2, 10),
	(58, 6, 2, '2006-01-01', 1, 2, 11),
	(59, 3, 2, '2006-01-01', 1, 1, 2),
	(94, 5, 2, '2006-01-01', 1, 1, 12);


--
-- Data for Name: journal; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--

INSERT INTO views.journal VALUES
	(7, 1, 11, 5, -10000, '2006-01-01', '2006-01-01'),
	(7, 2, 2, 5, 10000, '2006-01-01', '2006-01-01'),
	(28, 1, 2, 2, -70, '2007-03-15', '2007-03-15'),
	(28, 2, 3, 2, 70, '2007-03-15', '2007-03-15'),
	(31, 1, 3, 12, -10, '2007-03-15', '2007-03-15'),
	(31, 2, 15, 12, 10, '2007-03-15', '2007-03-15'),
	(32, 1, 3, 12, -10, '2007-03-15', '2007-03-15'),
	(32, 2, 15, 12, 10, '2007-03-15', '2007-03-15'),
	(33, 1, 3, 12, -10, '2007-03-15', '2007-03-15'),
	(33, 2, 15, 12, 10, '2007-03-15', '2007-03-15'),
	(34, 1, 3, 12, -10, '2007-03-15', '2007-03-15'),
	(34, 2, 15, 12, 10, '2007-03-15', '2007-03-15'),
	(35, 1, 3, 12, -10, '2007-03-15', '2007-03-15'),
	(35, 2, 15, 12, 10, '2007-03-15', '2007-03-15'),
	(36, 1, 3, 12, -10, '2007-03-15', '2007-03-15'),
	(36, 2, 15, 12, 10, '2007-03-15', '2007-03-15'),
	(39, 1, 15, 9, -10, '2007-03-15', '2007-03-15'),
	(39, 2, 14, 9, 10, '2007-03-15', '2007-03-15'),
	(40, 1, 15, 9, -10, '2007-03-15', '2007-03-15'),
	(40, 2, 14, 9, 10, '2007-03-15', '2007-03-15'),
	(41, 1, 3, 7, -10, '2007-03-15', '2007-03-15'),
	(41, 2, 2, 7, 10, '2007-03-15', '2007-03-15'),
	(43, 1, 14, 8, -10, '2007-03-15', '2007-03-15'),
	(43, 2, 15, 8, 10, '2007-03-15', '2007-03-15'),
	(44, 1, 14, 6, -10, '2007-03-15', '2007-03-15'),
	(44, 2, 2, 6, 10, '2007-03-15', '2007-03-15'),
	(46, 1, 2, 3, -3, '2007-03-15', '2007-03-15'),
	(46, 2, 3, 3, 3, '2007-03-15', '2007-03-15'),
	(48, 1, 3, 12, -3, '2007-03-15', '2007-03-15'),
	(48, 2, 15, 12, 3, '2007-03-15', '2007-03-15'),
	(50, 1, 15, 10, -10, '2007-03-15', '2007-03-15'),
	(50, 2, 12, 10, 10, '2007-03-15', '2007-03-15'),
	(51, 1, 12, 6, -4, '2007-03-15', '2007-03-15'),
	(51, 2, 2, 6, 4, '2007-03-15', '2007-03-15'),
	(53, 1, 12, 11, -6, '2007-03-15', '2007-03-15'),
	(53, 2, 9, 11, 6, '2007-03-15', '2007-03-15'),
	(62, 1, 2, 2, -60, '2007-03-15', '2007-03-15'),
	(62, 2, 5, 2, 60, '2007-03-15', '2007-03-15'),
	(64, 1, 5, 12, -60, '2007-03-15', '2007-03-15'),
	(64, 2, 16, 12, 60, '2007-03-15', '2007-03-15'),
	(70, 1, 2, 2, -4, '2007-03-15', '2007-03-15'),
	(70, 2, 7, 2, 4, '2007-03-15', '2007-03-15'),
	(72, 1, 7, 12, -2, '2007-03-15', '2007-03-15'),
	(72, 2, 17, 12, 2, '2007-03-15', '2007-03-15'),
	(73, 1, 7, 12, -2, '2007-03-15', '2007-03-15'),
	(73, 2, 17, 12, 2, '2007-03-15', '2007-03-15'),
	(79, 1, 2, 2, -60, '2007-03-15', '2007-03-15'),
	(79, 2, 6, 2, 60, '2007-03-15', '2007-03-15'),
	(83, 1, 2, 2, -4, '2007-03-15', '2007-03-15'),
	(83, 2, 8, 2, 4, '2007-03-15', '2007-03-15');
INSERT INTO views.journal VALUES
	(87, 1, 10, 1, -500, '2007-03-15', '2007-03-15'),
	(87, 2, 13, 1, 500, '2007-03-15', '2007-03-15'),
	(88, 1, 10, 1, -300, '2007-03-15', '2007-03-15'),
	(88, 2, 13, 1, 300, '2007-03-15', '2007-03-15'),
	(89, 1, 13, 4, -800, '2007-03-16', '2007-03-16'),
	(89, 2, 1, 4, 800, '2007-03-16', '2007-03-16'),
	(97, 1, 2, 2, -12, '2007-03-15', '2007-03-15'),
	(97, 2, 4, 2, 12, '2007-03-15', '2007-03-15'),
	(99, 1, 4, 12, -12, '2007-03-15', '2007-03-15'),
	(99, 2, 18, 12, 12, '2007-03-15', '2007-03-15');


--
-- Data for Name: journal_accounts; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--

INSERT INTO views.journal_accounts OVERRIDING SYSTEM VALUE VALUES
	(1, 'available:gifts:general', 'fen', 'available', 'gifts', ''),
	(2, 'available:x:general', 'fen', 'available', 'x', ''),
	(3, 'committed:x:general:pay-run:aid:2007-03', 'fen', 'committed', 'x', ''),
	(4, 'committed:x:general:pay-run:keyed:2007-03', 'fen', 'committed', 'x', ''),
	(5, 'committed:x:general:pay-run:low:2007-03', 'fen', 'committed', 'x', ''),
	(6, 'committed:x:general:pay-run:low:2007-04', 'fen', 'committed', 'x', ''),
	(7, 'committed:x:general:pay-run:price:2007-03', 'fen', 'committed', 'x', ''),
	(8, 'committed:x:general:pay-run:price:2007-04', 'fen', 'committed', 'x', ''),
	(9, 'lost:x:general:aid', 'fen', 'lost', 'x', 'aid'),
	(10, 'out:gifts:general:donors', 'fen', 'out', 'gifts', ''),
	(11, 'out:x:general:fiscal', 'fen', 'out', 'x', ''),
	(12, 'owed:x:general:recovery:v-1', 'fen', 'owed', 'x', ''),
	(13, 'received:gifts:general', 'fen', 'received', 'gifts', ''),
	(14, 'returned:x:general:pay-run:aid:2007-03', 'fen', 'returned', 'x', ''),
	(15, 'spent:x:general:aid', 'fen', 'spent', 'x', 'aid'),
	(16, 'spent:x:general:low', 'fen', 'spent', 'x', 'low'),
	(17, 'spent:x:general:price', 'fen', 'spent', 'x', 'price'),
	(18, 'spent:x:general:keyed', 'fen', 'spent', 'x', 'keyed');


--
-- Data for Name: journal_sayings; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--

INSERT INTO views.journal_sayings OVERRIDING SYSTEM VALUE VALUES
	(1, '', '', 'donation.received', 'fundraiser-1'),
	(2, '', '', 'fund.committed', 'approver-1'),
	(3, '', '', 'fund.committed', 'treasurer-1'),
	(4, '', '', 'fund.gathered', 'treasurer-1'),
	(5, '', '', 'fund.received', 'treasurer-1'),
	(6, '', '', 'fund.recovered', 'treasurer-1'),
	(7, '', '', 'fund.uncommitted', 'treasurer-1'),
	(8, '', '', 'payment.reissued', 'treasurer-1'),
	(9, '', '', 'payment.returned', 'treasurer-1'),
	(10, '', '', 'recovery.established', 'clerk-1'),
	(11, '', '', 'recovery.written-off', 'approver-1'),
	(12, 'area:city', '', 'payment.made', 'treasurer-1');


--
-- Data for Name: positions; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--

INSERT INTO views.positions VALUES
	('journal', 104, NULL, 0, '65be052650fbfd99'),
	('balances', 104, NULL, 0, '62d807d8203b365f'),
	('facts', 104, NULL, 0, '859e2bae76945567'),
	('registers', 104, NULL, 0, 'a9048e2b2d69a3b6'),
	('roll', 104, NULL, 0, '499bb5f6b1dc5e6d'),
	('received', 104, NULL, 0, '9bfacd4719484804'),
	('stock', 104, NULL, 0, 'a05cd8297770f3b3');


--
-- Data for Name: received_days; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--

INSERT INTO views.received_days VALUES
	('gifts', 'general', '2007-03-15', 800),
	('gifts', 'general', '0001-01-01', -800);


--
-- Data for Name: register_heads; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--

INSERT INTO views.register_heads VALUES
	('role:clerk-1', 1, 1, 1, '2006-01-01', '2006-01-01', '{"who": "clerk-1", "role": "clerk", "roles": ["clerk"], "state": "granted"}'),
	('role:reviewer-1', 1, 2, 2, '2006-01-01', '2006-01-01', '{"who": "reviewer-1", "role": "reviewer", "roles": ["reviewer"], "state": "granted"}'),
	('role:approver-1', 1, 3, 3, '2006-01-01', '2006-01-01', '{"who": "approver-1", "role": "approver", "roles": ["approver"], "state": "granted"}'),
	('role:treasurer-1', 1, 4, 4, '2006-01-01', '2006-01-01', '{"who": "treasurer-1", "role": "treasurer", "roles": ["treasurer"], "state": "granted"}'),
	('role:treasurer-2', 1, 5, 5, '2006-01-01', '2006-01-01', '{"who": "treasurer-2", "role": "treasurer", "roles": ["treasurer"], "state": "granted"}'),
	('fund:x', 12, 6, 97, '2006-01-01', '2007-03-15', '{"kind": "fiscal", "basis": "cash", "state": "open", "title": "救助资金", "keeper": "organisation:civil-affairs-bureau", "purposes": ["aid-poor"]}'),
	('area:city', 1, 8, 8, '2006-01-01', '2006-01-01', '{"level": "city", "state": "open", "title": "全市"}'),
	('scheme:aid', 1, 9, 9, '2006-01-01', '2006-01-01', '{"per": "person", "pays": "monthly", "rates": [{"from": "2006-01-01", "tier": "a", "amount": {"unit": "fen", "value": 10}, "authority": "市政府令第1号"}], "state": "adopted", "title": "补助", "formula": "flat", "purpose": "aid-poor", "programme": "aid"}'),
	('period:2005', 2, 10, 11, '2006-01-01', '2006-01-01', '{"state": "closed", "through": "2005-12-31"}'),
	('person:aid-000000', 1, 12, 12, '2006-01-01', '2006-01-01', '{"state": "registered"}'),
	('entitlement:aid-000000', 1, 13, 13, '2006-01-01', '2006-01-01', '{"area": "area:city", "from": "2006-01-01", "tier": "a", "state": "granted", "holder": "person:aid-000000", "origin": "brought-in", "scheme": "scheme:aid", "programme": "aid"}'),
	('person:aid-000001', 1, 14, 14, '2006-01-01', '2006-01-01', '{"state": "registered"}'),
	('entitlement:aid-000001', 1, 15, 15, '2006-01-01', '2006-01-01', '{"area": "area:city", "from": "2006-01-01", "tier": "a", "state": "granted", "holder": "person:aid-000001", "origin": "brought-in", "scheme": "scheme:aid", "programme": "aid"}'),
	('person:aid-000002', 1, 16, 16, '2006-01-01', '2006-01-01', '{"state": "registered"}'),
	('entitlement:aid-000002', 1, 17, 17, '2006-01-01', '2006-01-01', '{"area": "area:city", "from": "2006-01-01", "tier": "a", "state": "granted", "holder": "person:aid-000002", "origin": "brought-in", "scheme": "scheme:aid", "programme": "aid"}'),
	('person:aid-000003', 1, 18, 18, '2006-01-01', '2006-01-01', '{"state": "registered"}'),
	('entitlement:aid-000003', 2, 19, 30, '2006-01-01', '2007-03-15', '{"area": "area:city", "from": "2006-01-01", "tier": "a", "state": "stopped", "holder": "person:aid-000003", "origin": "brought-in", "reason": "迁出", "scheme": "scheme:aid", "programme": "aid"}'),
	('person:aid-000004', 1, 20, 20, '2006-01-01', '2006-01-01', '{"state": "registered"}'),
	('entitlement:aid-000004', 1, 21, 21, '2006-01-01', '2006-01-01', '{"area": "area:city", "from": "2006-01-01", "tier": "a", "state": "granted", "holder": "person:aid-000004", "origin": "brought-in", "scheme": "scheme:aid", "programme": "aid"}'),
	('person:aid-000005', 1, 22, 22, '2006-01-01', '2006-01-01', '{"state": "registered"}'),
	('entitlement:aid-000005', 1, 23, 23, '2006-01-01', '2006-01-01', '{"area": "area:city", "from": "2006-01-01", "tier": "a", "state": "granted", "holder": "person:aid-000005", "origin": "brought-in", "scheme": "scheme:aid", "programme": "aid"}'),
	('person:aid-000006', 1, 24, 24, '2006-01-01', '2006-01-01', '{"state": "registered"}'),
	('entitlement:aid-000006', 1, 25, 25, '2006-01-01', '2006-01-01', '{"area": "area:city", "from": "2006-01-01", "tier": "a", "state": "granted", "holder": "person:aid-000006", "origin": "brought-in", "scheme": "scheme:aid", "programme": "aid"}'),
	('pay-run:aid:2007-03', 6, 26, 42, '2007-03-15', '2007-03-15', '{"fund": "fund:x", "paid": 6, "count": 7, "month": "2007-03", "state": "settled", "total": {"unit": "fen", "value": 70}, "digest": "1cbc3df2829f89e05e018d6cff1bdf98bd813fb35b63766b45ac3361dad0e222", "scheme": "scheme:aid", "earmark": "general", "persons": {"unit": "person", "value": 7}, "purpose": "aid-poor", "roll_at": 25, "bank_ref": "回盘-1", "held_back": 0, "programme": "aid", "held_lines": 1, "held_amount": {"unit": "fen", "value": 10}, "paid_amount": {"unit": "fen", "value": 60}, "paid_persons": {"unit": "person", "value": 6}, "returned_lines": 2, "returned_amount": {"unit": "fen", "value": 20}}'),
	('payment:aid:2007-03:03c5f34ec388b5170b11', 3, 31, 43, '2007-03-15', '2007-03-15', '{"run": "pay-run:aid:2007-03", "area": "area:city", "fund": "fund:x", "tier": "a", "month": "2007-03", "state": "reissued", "amount": {"unit": "fen", "value": 10}, "reason": "账户已注销", "scheme": "scheme:aid", "earmark": "general", "persons": {"unit": "person", "value": 1}, "bank_ref": "回盘-1", "programme": "aid", "rate_from": "2006-01-01", "households": {"unit": "household", "value": 0}}'),
	('payment:aid:2007-03:1867379356404f314e2a', 3, 32, 45, '2007-03-15', '2007-03-15', '{"run": "pay-run:aid:2007-03", "area": "area:city", "fund": "fund:x", "tier": "a", "month": "2007-03", "state": "written-back", "amount": {"unit": "fen", "value": 10}, "reason": "账户已注销", "scheme": "scheme:aid", "earmark": "general", "persons": {"unit": "person", "value": 1}, "bank_ref": "回盘-1", "programme": "aid", "rate_from": "2006-01-01", "households": {"unit": "household", "value": 0}}'),
	('payment:aid:2007-03:5925fc8c47ea6bf3c6d4', 2, 33, 47, '2007-03-15', '2007-03-15', '{"run": "pay-run:aid:2007-03", "area": "area:city", "fund": "fund:x", "tier": "a", "month": "2007-03", "state": "made", "amount": {"unit": "fen", "value": 10}, "scheme": "scheme:aid", "earmark": "general", "persons": {"unit": "person", "value": 1}, "programme": "aid", "rate_from": "2006-01-01", "households": {"unit": "household", "value": 0}}'),
	('payment:aid:2007-03:61ed758f4017e4ef1773', 1, 34, 34, '2007-03-15', '2007-03-15', '{"run": "pay-run:aid:2007-03", "area": "area:city", "fund": "fund:x", "tier": "a", "month": "2007-03", "state": "made", "amount": {"unit": "fen", "value": 10}, "scheme": "scheme:aid", "earmark": "general", "persons": {"unit": "person", "value": 1}, "programme": "aid", "rate_from": "2006-01-01", "households": {"unit": "household", "value": 0}}'),
	('payment:aid:2007-03:9d90becb28c977176b37', 2, 35, 49, '2007-03-15', '2007-03-15', '{"run": "pay-run:aid:2007-03", "area": "area:city", "fund": "fund:x", "tier": "a", "month": "2007-03", "state": "made", "amount": {"unit": "fen", "value": 10}, "scheme": "scheme:aid", "earmark": "general", "persons": {"unit": "person", "value": 1}, "programme": "aid", "rate_from": "2006-01-01", "households": {"unit": "household", "value": 0}}'),
	('payment:aid:2007-03:c8fd1fd5c7c43dd83eb5', 1, 36, 36, '2007-03-15', '2007-03-15', '{"run": "pay-run:aid:2007-03", "area": "area:city", "fund": "fund:x", "tier": "a", "month": "2007-03", "state": "made", "amount": {"unit": "fen", "value": 10}, "scheme": "scheme:aid", "earmark": "general", "persons": {"unit": "person", "value": 1}, "programme": "aid", "rate_from": "2006-01-01", "households": {"unit": "household", "value": 0}}'),
	('payment:aid:2007-03:a3bc5f24e4ac9b3c8579', 1, 48, 48, '2007-03-15', '2007-03-15', '{"run": "pay-run:aid:2007-03", "area": "area:city", "fund": "fund:x", "tier": "a", "month": "2007-03", "state": "made", "amount": {"unit": "fen", "value": 3}, "scheme": "scheme:aid", "earmark": "general", "persons": {"unit": "person", "value": 0}, "completes": "payment:aid:2007-03:5925fc8c47ea6bf3c6d4", "programme": "aid", "rate_from": "2006-01-01", "households": {"unit": "household", "value": 0}}'),
	('recovery:v-1', 3, 50, 53, '2007-03-15', '2007-03-15', '{"parts": [{"fund": "fund:x", "amount": {"unit": "fen", "value": 10}, "earmark": "general", "programme": "aid"}], "state": "written-off", "amount": {"unit": "fen", "value": 10}, "reason": "多发", "payments": ["payment:aid:2007-03:9d90becb28c977176b37"]}'),
	('scheme:low', 1, 54, 54, '2006-01-01', '2006-01-01', '{"per": "household", "pays": "monthly", "rates": [{"from": "2006-01-01", "tier": "a", "amount": {"unit": "fen", "value": 30}, "authority": "市政府令第1号"}], "state": "adopted", "title": "补助", "formula": "top-up", "purpose": "aid-poor", "programme": "low"}'),
	('scheme:price', 1, 55, 55, '2006-01-01', '2006-01-01', '{"per": "person", "pays": "monthly", "rates": [{"from": "2006-01-01", "tier": "a", "amount": {"unit": "fen", "value": 2}, "authority": "市政府令第1号"}], "state": "adopted", "title": "补助", "follows": "scheme:low", "formula": "flat", "purpose": "aid-poor", "programme": "price"}'),
	('person:low-1', 1, 56, 56, '2006-01-01', '2006-01-01', '{"state": "registered"}'),
	('person:low-2', 1, 57, 57, '2006-01-01', '2006-01-01', '{"state": "registered"}'),
	('household:h-1', 1, 58, 58, '2006-01-01', '2006-01-01', '{"area": "area:city", "first": "2006-01", "state": "formed", "members": ["person:low-1", "person:low-2"]}'),
	('entitlement:low', 1, 59, 59, '2006-01-01', '2006-01-01', '{"area": "area:city", "from": "2006-01-01", "tier": "a", "state": "granted", "holder": "household:h-1", "origin": "brought-in", "scheme": "scheme:low", "programme": "low"}'),
	('pay-run:low:2007-03', 6, 60, 67, '2007-03-15', '2007-03-15', '{"fund": "fund:x", "paid": 1, "count": 1, "month": "2007-03", "state": "settled", "total": {"unit": "fen", "value": 60}, "digest": "2669b618f30ea8a5f8df515b8f6de2b6669042d99b5340e10d5a826c72e24d4f", "scheme": "scheme:low", "earmark": "general", "persons": {"unit": "person", "value": 2}, "purpose": "aid-poor", "roll_at": 59, "bank_ref": "回盘-1", "held_back": 0, "programme": "low", "paid_amount": {"unit": "fen", "value": 60}, "paid_persons": {"unit": "person", "value": 2}}'),
	('payment:low:2007-03:d88b46c734bb99cabac4', 1, 64, 64, '2007-03-15', '2007-03-15', '{"run": "pay-run:low:2007-03", "area": "area:city", "fund": "fund:x", "tier": "a", "month": "2007-03", "state": "made", "amount": {"unit": "fen", "value": 60}, "scheme": "scheme:low", "earmark": "general", "persons": {"unit": "person", "value": 2}, "programme": "low", "rate_from": "2006-01-01", "households": {"unit": "household", "value": 1}}'),
	('pay-run:price:2007-03', 6, 68, 76, '2007-03-15', '2007-03-15', '{"fund": "fund:x", "paid": 2, "count": 2, "month": "2007-03", "state": "settled", "total": {"unit": "fen", "value": 4}, "digest": "0d543c79e6275968dff7bc40812916ed02ce9806e57d50ff8d516514fb1a9cd5", "scheme": "scheme:price", "earmark": "general", "persons": {"unit": "person", "value": 2}, "purpose": "aid-poor", "roll_at": 67, "bank_ref": "回盘-1", "held_back": 0, "programme": "price", "paid_amount": {"unit": "fen", "value": 4}, "paid_persons": {"unit": "person", "value": 2}}'),
	('payment:price:2007-03:b8b82e2fb4d872c89e0a', 1, 72, 72, '2007-03-15', '2007-03-15', '{"run": "pay-run:price:2007-03", "area": "area:city", "fund": "fund:x", "tier": "a", "month": "2007-03", "state": "made", "amount": {"unit": "fen", "value": 2}, "scheme": "scheme:price", "earmark": "general", "persons": {"unit": "person", "value": 1}, "programme": "price", "rate_from": "2006-01-01", "households": {"unit": "household", "value": 0}}'),
	('payment:price:2007-03:c115f44f37f58a50b8ba', 1, 73, 73, '2007-03-15', '2007-03-15', '{"run": "pay-run:price:2007-03", "area": "area:city", "fund": "fund:x", "tier": "a", "month": "2007-03", "state": "made", "amount": {"unit": "fen", "value": 2}, "scheme": "scheme:price", "earmark": "general", "persons": {"unit": "person", "value": 1}, "programme": "price", "rate_from": "2006-01-01", "households": {"unit": "household", "value": 0}}'),
	('pay-run:low:2007-04', 3, 77, 80, '2007-03-15', '2007-03-15', '{"fund": "fund:x", "count": 1, "month": "2007-04", "state": "approved", "total": {"unit": "fen", "value": 60}, "digest": "50474816500ac9b4d1d78be50ef6a0db79243bb8aba285c5ec070cf3ee732620", "scheme": "scheme:low", "earmark": "general", "persons": {"unit": "person", "value": 2}, "purpose": "aid-poor", "roll_at": 76, "held_back": 0, "programme": "low"}'),
	('pay-run:price:2007-04', 3, 81, 84, '2007-03-15', '2007-03-15', '{"fund": "fund:x", "count": 2, "month": "2007-04", "state": "approved", "total": {"unit": "fen", "value": 4}, "digest": "7e87c5dff91379251fa36197104f786fb187bea6986efa4ffbbd6a9ee1b9b36e", "scheme": "scheme:price", "earmark": "general", "persons": {"unit": "person", "value": 2}, "purpose": "aid-poor", "roll_at": 80, "held_back": 0, "programme": "price"}'),
	('role:fundraiser-1', 1, 85, 85, '2006-01-01', '2006-01-01', '{"who": "fundraiser-1", "role": "fundraiser", "roles": ["fundraiser"], "state": "granted"}'),
	('fund:gifts', 2, 86, 89, '2006-01-01', '2007-03-16', '{"kind": "fiscal", "basis": "cash", "state": "open", "title": "救助资金", "keeper": "organisation:civil-affairs-bureau", "purposes": ["aid-poor"]}'),
	('donation:d-1', 1, 87, 87, '2007-03-15', '2007-03-15', '{"fund": "fund:gifts", "state": "received", "amount": {"unit": "fen", "value": 500}, "keeper": "organisation:civil-affairs-bureau", "earmark": "general", "name_shown": false}'),
	('donation:d-2', 1, 88, 88, '2007-03-15', '2007-03-15', '{"fund": "fund:gifts", "state": "received", "amount": {"unit": "fen", "value": 300}, "keeper": "organisation:civil-affairs-bureau", "earmark": "general", "name_shown": false}'),
	('scheme:keyed', 1, 90, 90, '2006-01-01', '2006-01-01', '{"per": "person", "pays": "monthly", "rates": [{"from": "2006-01-01", "tier": "a", "amount": {"unit": "fen", "value": 12}, "authority": "市政府令第1号"}], "state": "adopted", "title": "补助", "formula": "flat", "purpose": "aid-poor", "programme": "keyed"}');
INSERT INTO views.register_heads VALUES
	('person:sealed-1', 1, 91, 91, '2006-01-01', '2006-01-01', '{"state": "registered"}'),
	('person:sealed-2', 2, 92, 93, '2006-01-01', '2007-03-15', '{"state": "erased"}'),
	('entitlement:keyed-1', 1, 94, 94, '2006-01-01', '2006-01-01', '{"area": "area:city", "from": "2006-01-01", "tier": "a", "state": "granted", "holder": "person:sealed-1", "origin": "brought-in", "scheme": "scheme:keyed", "programme": "keyed"}'),
	('pay-run:keyed:2007-03', 6, 95, 102, '2007-03-15', '2007-03-15', '{"fund": "fund:x", "paid": 1, "count": 1, "month": "2007-03", "state": "settled", "total": {"unit": "fen", "value": 12}, "digest": "a71c6daeb47ddf6ba069e509511f19c937562aef75b42325c8b9c637da9bcd7c", "scheme": "scheme:keyed", "earmark": "general", "persons": {"unit": "person", "value": 1}, "purpose": "aid-poor", "roll_at": 94, "bank_ref": "回盘-1", "held_back": 0, "programme": "keyed", "paid_amount": {"unit": "fen", "value": 12}, "paid_persons": {"unit": "person", "value": 1}}'),
	('payment:keyed:2007-03:a4b15f2a5ad04ea26485', 1, 99, 99, '2007-03-15', '2007-03-15', '{"run": "pay-run:keyed:2007-03", "area": "area:city", "fund": "fund:x", "tier": "a", "month": "2007-03", "state": "made", "amount": {"unit": "fen", "value": 12}, "scheme": "scheme:keyed", "earmark": "general", "persons": {"unit": "person", "value": 1}, "programme": "keyed", "rate_from": "2006-01-01", "households": {"unit": "household", "value": 0}}'),
	('role:auditor-1', 1, 103, 103, '2006-01-01', '2006-01-01', '{"who": "auditor-1", "role": "auditor", "roles": ["auditor"], "state": "granted"}'),
	('webhook:receiver', 1, 104, 104, '2006-01-01', '2006-01-01', '{"url": "https://receiver.example.org/news", "zone": "public", "state": "active", "topic": "*"}');


--
-- Data for Name: register_patches; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--

INSERT INTO views.register_patches VALUES
	('fund:x', 6, '2006-01-01', 1, '{"kind": "fiscal", "basis": "cash", "state": "open", "title": "救助资金", "keeper": "organisation:civil-affairs-bureau", "purposes": ["aid-poor"]}'),
	('fund:x', 7, '2006-01-01', 2, '{}'),
	('fund:x', 28, '2007-03-15', 3, '{}'),
	('fund:x', 41, '2007-03-15', 4, '{}'),
	('fund:x', 44, '2007-03-15', 5, '{}'),
	('fund:x', 46, '2007-03-15', 6, '{}'),
	('fund:x', 51, '2007-03-15', 7, '{}'),
	('fund:x', 62, '2007-03-15', 8, '{}'),
	('fund:x', 70, '2007-03-15', 9, '{}'),
	('fund:x', 79, '2007-03-15', 10, '{}'),
	('fund:x', 83, '2007-03-15', 11, '{}'),
	('fund:x', 97, '2007-03-15', 12, '{}'),
	('period:2005', 10, '2006-01-01', 1, '{"state": "soft-closed", "through": "2005-12-31"}'),
	('period:2005', 11, '2006-01-01', 2, '{"state": "closed", "through": "2005-12-31"}'),
	('entitlement:aid-000003', 19, '2006-01-01', 1, '{"area": "area:city", "from": "2006-01-01", "tier": "a", "state": "granted", "holder": "person:aid-000003", "origin": "brought-in", "scheme": "scheme:aid", "programme": "aid"}'),
	('entitlement:aid-000003', 30, '2007-03-15', 2, '{"state": "stopped", "reason": "迁出"}'),
	('pay-run:aid:2007-03', 26, '2007-03-15', 1, '{"fund": "fund:x", "count": 7, "month": "2007-03", "state": "drawn-up", "total": {"unit": "fen", "value": 70}, "digest": "1cbc3df2829f89e05e018d6cff1bdf98bd813fb35b63766b45ac3361dad0e222", "scheme": "scheme:aid", "earmark": "general", "persons": {"unit": "person", "value": 7}, "purpose": "aid-poor", "roll_at": 25, "held_back": 0, "programme": "aid"}'),
	('pay-run:aid:2007-03', 27, '2007-03-15', 2, '{"state": "reviewed"}'),
	('pay-run:aid:2007-03', 29, '2007-03-15', 3, '{"state": "approved"}'),
	('pay-run:aid:2007-03', 37, '2007-03-15', 4, '{"state": "releasing"}'),
	('pay-run:aid:2007-03', 38, '2007-03-15', 5, '{"paid": 6, "state": "released", "held_lines": 1, "held_amount": {"unit": "fen", "value": 10}, "paid_amount": {"unit": "fen", "value": 60}, "paid_persons": {"unit": "person", "value": 6}}'),
	('pay-run:aid:2007-03', 42, '2007-03-15', 6, '{"state": "settled", "bank_ref": "回盘-1", "returned_lines": 2, "returned_amount": {"unit": "fen", "value": 20}}'),
	('payment:aid:2007-03:03c5f34ec388b5170b11', 31, '2007-03-15', 1, '{"run": "pay-run:aid:2007-03", "area": "area:city", "fund": "fund:x", "tier": "a", "month": "2007-03", "state": "made", "amount": {"unit": "fen", "value": 10}, "scheme": "scheme:aid", "earmark": "general", "persons": {"unit": "person", "value": 1}, "programme": "aid", "rate_from": "2006-01-01", "households": {"unit": "household", "value": 0}}'),
	('payment:aid:2007-03:03c5f34ec388b5170b11', 39, '2007-03-15', 2, '{"state": "returned", "reason": "账户已注销", "bank_ref": "回盘-1"}'),
	('payment:aid:2007-03:03c5f34ec388b5170b11', 43, '2007-03-15', 3, '{"state": "reissued"}'),
	('payment:aid:2007-03:1867379356404f314e2a', 32, '2007-03-15', 1, '{"run": "pay-run:aid:2007-03", "area": "area:city", "fund": "fund:x", "tier": "a", "month": "2007-03", "state": "made", "amount": {"unit": "fen", "value": 10}, "scheme": "scheme:aid", "earmark": "general", "persons": {"unit": "person", "value": 1}, "programme": "aid", "rate_from": "2006-01-01", "households": {"unit": "household", "value": 0}}'),
	('payment:aid:2007-03:1867379356404f314e2a', 40, '2007-03-15', 2, '{"state": "returned", "reason": "账户已注销", "bank_ref": "回盘-1"}'),
	('payment:aid:2007-03:1867379356404f314e2a', 45, '2007-03-15', 3, '{"state": "written-back"}'),
	('payment:aid:2007-03:5925fc8c47ea6bf3c6d4', 33, '2007-03-15', 1, '{"run": "pay-run:aid:2007-03", "area": "area:city", "fund": "fund:x", "tier": "a", "month": "2007-03", "state": "made", "amount": {"unit": "fen", "value": 10}, "scheme": "scheme:aid", "earmark": "general", "persons": {"unit": "person", "value": 1}, "programme": "aid", "rate_from": "2006-01-01", "households": {"unit": "household", "value": 0}}'),
	('payment:aid:2007-03:5925fc8c47ea6bf3c6d4', 47, '2007-03-15', 2, '{}'),
	('payment:aid:2007-03:9d90becb28c977176b37', 35, '2007-03-15', 1, '{"run": "pay-run:aid:2007-03", "area": "area:city", "fund": "fund:x", "tier": "a", "month": "2007-03", "state": "made", "amount": {"unit": "fen", "value": 10}, "scheme": "scheme:aid", "earmark": "general", "persons": {"unit": "person", "value": 1}, "programme": "aid", "rate_from": "2006-01-01", "households": {"unit": "household", "value": 0}}'),
	('payment:aid:2007-03:9d90becb28c977176b37', 49, '2007-03-15', 2, '{}'),
	('recovery:v-1', 50, '2007-03-15', 1, '{"parts": [{"fund": "fund:x", "amount": {"unit": "fen", "value": 10}, "earmark": "general", "programme": "aid"}], "state": "established", "amount": {"unit": "fen", "value": 10}, "reason": "多发", "payments": ["payment:aid:2007-03:9d90becb28c977176b37"]}'),
	('recovery:v-1', 52, '2007-03-15', 2, '{"state": "received"}'),
	('recovery:v-1', 53, '2007-03-15', 3, '{"state": "written-off"}'),
	('pay-run:low:2007-03', 60, '2007-03-15', 1, '{"fund": "fund:x", "count": 1, "month": "2007-03", "state": "drawn-up", "total": {"unit": "fen", "value": 60}, "digest": "2669b618f30ea8a5f8df515b8f6de2b6669042d99b5340e10d5a826c72e24d4f", "scheme": "scheme:low", "earmark": "general", "persons": {"unit": "person", "value": 2}, "purpose": "aid-poor", "roll_at": 59, "held_back": 0, "programme": "low"}'),
	('pay-run:low:2007-03', 61, '2007-03-15', 2, '{"state": "reviewed"}'),
	('pay-run:low:2007-03', 63, '2007-03-15', 3, '{"state": "approved"}'),
	('pay-run:low:2007-03', 65, '2007-03-15', 4, '{"state": "releasing"}'),
	('pay-run:low:2007-03', 66, '2007-03-15', 5, '{"paid": 1, "state": "released", "paid_amount": {"unit": "fen", "value": 60}, "paid_persons": {"unit": "person", "value": 2}}'),
	('pay-run:low:2007-03', 67, '2007-03-15', 6, '{"state": "settled", "bank_ref": "回盘-1"}'),
	('pay-run:price:2007-03', 68, '2007-03-15', 1, '{"fund": "fund:x", "count": 2, "month": "2007-03", "state": "drawn-up", "total": {"unit": "fen", "value": 4}, "digest": "0d543c79e6275968dff7bc40812916ed02ce9806e57d50ff8d516514fb1a9cd5", "scheme": "scheme:price", "earmark": "general", "persons": {"unit": "person", "value": 2}, "purpose": "aid-poor", "roll_at": 67, "held_back": 0, "programme": "price"}'),
	('pay-run:price:2007-03', 69, '2007-03-15', 2, '{"state": "reviewed"}'),
	('pay-run:price:2007-03', 71, '2007-03-15', 3, '{"state": "approved"}'),
	('pay-run:price:2007-03', 74, '2007-03-15', 4, '{"state": "releasing"}'),
	('pay-run:price:2007-03', 75, '2007-03-15', 5, '{"paid": 2, "state": "released", "paid_amount": {"unit": "fen", "value": 4}, "paid_persons": {"unit": "person", "value": 2}}'),
	('pay-run:price:2007-03', 76, '2007-03-15', 6, '{"state": "settled", "bank_ref": "回盘-1"}'),
	('pay-run:low:2007-04', 77, '2007-03-15', 1, '{"fund": "fund:x", "count": 1, "month": "2007-04", "state": "drawn-up", "total": {"unit": "fen", "value": 60}, "digest": "50474816500ac9b4d1d78be50ef6a0db79243bb8aba285c5ec070cf3ee732620", "scheme": "scheme:low", "earmark": "general", "persons": {"unit": "person", "value": 2}, "purpose": "aid-poor", "roll_at": 76, "held_back": 0, "programme": "low"}'),
	('pay-run:low:2007-04', 78, '2007-03-15', 2, '{"state": "reviewed"}'),
	('pay-run:low:2007-04', 80, '2007-03-15', 3, '{"state": "approved"}');
INSERT INTO views.register_patches VALUES
	('pay-run:price:2007-04', 81, '2007-03-15', 1, '{"fund": "fund:x", "count": 2, "month": "2007-04", "state": "drawn-up", "total": {"unit": "fen", "value": 4}, "digest": "7e87c5dff91379251fa36197104f786fb187bea6986efa4ffbbd6a9ee1b9b36e", "scheme": "scheme:price", "earmark": "general", "persons": {"unit": "person", "value": 2}, "purpose": "aid-poor", "roll_at": 80, "held_back": 0, "programme": "price"}'),
	('pay-run:price:2007-04', 82, '2007-03-15', 2, '{"state": "reviewed"}'),
	('pay-run:price:2007-04', 84, '2007-03-15', 3, '{"state": "approved"}'),
	('fund:gifts', 86, '2006-01-01', 1, '{"kind": "fiscal", "basis": "cash", "state": "open", "title": "救助资金", "keeper": "organisation:civil-affairs-bureau", "purposes": ["aid-poor"]}'),
	('fund:gifts', 89, '2007-03-16', 2, '{}'),
	('person:sealed-2', 92, '2006-01-01', 1, '{"state": "registered"}'),
	('person:sealed-2', 93, '2007-03-15', 2, '{"state": "erased"}'),
	('pay-run:keyed:2007-03', 95, '2007-03-15', 1, '{"fund": "fund:x", "count": 1, "month": "2007-03", "state": "drawn-up", "total": {"unit": "fen", "value": 12}, "digest": "a71c6daeb47ddf6ba069e509511f19c937562aef75b42325c8b9c637da9bcd7c", "scheme": "scheme:keyed", "earmark": "general", "persons": {"unit": "person", "value": 1}, "purpose": "aid-poor", "roll_at": 94, "held_back": 0, "programme": "keyed"}'),
	('pay-run:keyed:2007-03', 96, '2007-03-15', 2, '{"state": "reviewed"}'),
	('pay-run:keyed:2007-03', 98, '2007-03-15', 3, '{"state": "approved"}'),
	('pay-run:keyed:2007-03', 100, '2007-03-15', 4, '{"state": "releasing"}'),
	('pay-run:keyed:2007-03', 101, '2007-03-15', 5, '{"paid": 1, "state": "released", "paid_amount": {"unit": "fen", "value": 12}, "paid_persons": {"unit": "person", "value": 1}}'),
	('pay-run:keyed:2007-03', 102, '2007-03-15', 6, '{"state": "settled", "bank_ref": "回盘-1"}');


--
-- Data for Name: roll_areas; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--

INSERT INTO views.roll_areas VALUES
	('area:city', 8, '2006-01-01', '');


--
-- Data for Name: roll_changes; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--

INSERT INTO views.roll_changes VALUES
	(30, 'entitlement:aid-000003', 'stopped', '2007-03', '', 0, 0, 0);


--
-- Data for Name: roll_deaths; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--



--
-- Data for Name: roll_entitlements; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--

INSERT INTO views.roll_entitlements VALUES
	('entitlement:aid-000000', 'scheme:aid', 'person:aid-000000', '', 'area:city', 'granted', 13, 'a', 0, 1, 0, '', '2006-01', ''),
	('entitlement:aid-000001', 'scheme:aid', 'person:aid-000001', '', 'area:city', 'granted', 15, 'a', 0, 1, 0, '', '2006-01', ''),
	('entitlement:aid-000002', 'scheme:aid', 'person:aid-000002', '', 'area:city', 'granted', 17, 'a', 0, 1, 0, '', '2006-01', ''),
	('entitlement:aid-000004', 'scheme:aid', 'person:aid-000004', '', 'area:city', 'granted', 21, 'a', 0, 1, 0, '', '2006-01', ''),
	('entitlement:aid-000005', 'scheme:aid', 'person:aid-000005', '', 'area:city', 'granted', 23, 'a', 0, 1, 0, '', '2006-01', ''),
	('entitlement:aid-000006', 'scheme:aid', 'person:aid-000006', '', 'area:city', 'granted', 25, 'a', 0, 1, 0, '', '2006-01', ''),
	('entitlement:aid-000003', 'scheme:aid', 'person:aid-000003', '', 'area:city', 'stopped', 19, 'a', 0, 1, 0, '', '2006-01', ''),
	('entitlement:low', 'scheme:low', 'household:h-1', '', 'area:city', 'granted', 59, 'a', 0, 1, 0, '', '2006-01', ''),
	('entitlement:keyed-1', 'scheme:keyed', 'person:sealed-1', '', 'area:city', 'granted', 94, 'a', 0, 1, 0, '', '2006-01', '');


--
-- Data for Name: roll_members; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--

INSERT INTO views.roll_members VALUES
	('household:h-1', 'person:low-1', 58, '2006-01', NULL, ''),
	('household:h-1', 'person:low-2', 58, '2006-01', NULL, '');


--
-- Data for Name: roll_rates; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--

INSERT INTO views.roll_rates VALUES
	('scheme:aid', 9, 0, '', 'a', '2006-01-01', 10),
	('scheme:low', 54, 0, '', 'a', '2006-01-01', 30),
	('scheme:price', 55, 0, '', 'a', '2006-01-01', 2),
	('scheme:keyed', 90, 0, '', 'a', '2006-01-01', 12);


--
-- Data for Name: roll_runs; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--

INSERT INTO views.roll_runs VALUES
	('pay-run:aid:2007-03', 'scheme:aid', '2007-03', 26),
	('pay-run:low:2007-03', 'scheme:low', '2007-03', 60),
	('pay-run:price:2007-03', 'scheme:price', '2007-03', 68),
	('pay-run:low:2007-04', 'scheme:low', '2007-04', 77),
	('pay-run:price:2007-04', 'scheme:price', '2007-04', 81),
	('pay-run:keyed:2007-03', 'scheme:keyed', '2007-03', 95);


--
-- Data for Name: roll_schemes; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--

INSERT INTO views.roll_schemes VALUES
	('scheme:aid', 9, 'monthly', 'flat', 0, NULL),
	('scheme:low', 54, 'monthly', 'top-up', 0, NULL),
	('scheme:price', 55, 'monthly', 'flat', 0, 'scheme:low'),
	('scheme:keyed', 90, 'monthly', 'flat', 0, NULL);


--
-- Data for Name: stock_held; Type: TABLE DATA; Schema: views; Owner: mingzhang_app
--



--
-- Name: balance_places_id_seq; Type: SEQUENCE SET; Schema: views; Owner: mingzhang_app
--

SELECT pg_catalog.setval('views.balance_places_id_seq', 2, true);


--
-- Name: balance_series_id_seq; Type: SEQUENCE SET; Schema: views; Owner: mingzhang_app
--

SELECT pg_catalog.setval('views.balance_series_id_seq', 18, true);


--
-- Name: fact_names_id_seq; Type: SEQUENCE SET; Schema: views; Owner: mingzhang_app
--

SELECT pg_catalog.setval('views.fact_names_id_seq', 12, true);


--
-- Name: fact_places_id_seq; Type: SEQUENCE SET; Schema: views; Owner: mingzhang_app
--

SELECT pg_catalog.setval('views.fact_places_id_seq', 2, true);


--
-- Name: fact_series_id_seq; Type: SEQUENCE SET; Schema: views; Owner: mingzhang_app
--

SELECT pg_catalog.setval('views.fact_series_id_seq', 14, true);


--
-- Name: journal_accounts_id_seq; Type: SEQUENCE SET; Schema: views; Owner: mingzhang_app
--

SELECT pg_catalog.setval('views.journal_accounts_id_seq', 18, true);


--
-- Name: journal_sayings_id_seq; Type: SEQUENCE SET; Schema: views; Owner: mingzhang_app
--

SELECT pg_catalog.setval('views.journal_sayings_id_seq', 12, true);


--
-- Name: dead_letters dead_letters_pkey; Type: CONSTRAINT; Schema: delivery; Owner: mingzhang_app
--

ALTER TABLE ONLY delivery.dead_letters
    ADD CONSTRAINT dead_letters_pkey PRIMARY KEY (subject, died_at);


--
-- Name: webhooks webhooks_pkey; Type: CONSTRAINT; Schema: delivery; Owner: mingzhang_app
--

ALTER TABLE ONLY delivery.webhooks
    ADD CONSTRAINT webhooks_pkey PRIMARY KEY (subject);


--
-- Name: events events_pkey; Type: CONSTRAINT; Schema: ledger; Owner: mingzhang_append
--

ALTER TABLE ONLY ledger.events
    ADD CONSTRAINT events_pkey PRIMARY KEY (originator_id, originator_version);


--
-- Name: receipts receipts_pkey; Type: CONSTRAINT; Schema: ledger; Owner: mingzhang_append
--

ALTER TABLE ONLY ledger.receipts
    ADD CONSTRAINT receipts_pkey PRIMARY KEY (key);


--
-- Name: sealed sealed_pkey; Type: CONSTRAINT; Schema: vault; Owner: mingzhang_vault
--

ALTER TABLE ONLY vault.sealed
    ADD CONSTRAINT sealed_pkey PRIMARY KEY (subject);


--
-- Name: balance_cells balance_cells_pkey; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.balance_cells
    ADD CONSTRAINT balance_cells_pkey PRIMARY KEY (series, block, booked);


--
-- Name: balance_payers balance_payers_pkey; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.balance_payers
    ADD CONSTRAINT balance_payers_pkey PRIMARY KEY (payer);


--
-- Name: balance_places balance_places_area_key; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.balance_places
    ADD CONSTRAINT balance_places_area_key UNIQUE (area);


--
-- Name: balance_places balance_places_pkey; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.balance_places
    ADD CONSTRAINT balance_places_pkey PRIMARY KEY (id);


--
-- Name: balance_series balance_series_account_unit_key; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.balance_series
    ADD CONSTRAINT balance_series_account_unit_key UNIQUE (account, unit);


--
-- Name: balance_series balance_series_pkey; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.balance_series
    ADD CONSTRAINT balance_series_pkey PRIMARY KEY (id);


--
-- Name: fact_cells fact_cells_pkey; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.fact_cells
    ADD CONSTRAINT fact_cells_pkey PRIMARY KEY (series, block, booked);


--
-- Name: fact_names fact_names_name_key; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.fact_names
    ADD CONSTRAINT fact_names_name_key UNIQUE (name);


--
-- Name: fact_names fact_names_pkey; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.fact_names
    ADD CONSTRAINT fact_names_pkey PRIMARY KEY (id);


--
-- Name: fact_places fact_places_area_key; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.fact_places
    ADD CONSTRAINT fact_places_area_key UNIQUE (area);


--
-- Name: fact_places fact_places_pkey; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.fact_places
    ADD CONSTRAINT fact_places_pkey PRIMARY KEY (id);


--
-- Name: fact_series fact_series_measure_unit_programme_fund_detail_key; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.fact_series
    ADD CONSTRAINT fact_series_measure_unit_programme_fund_detail_key UNIQUE (measure, unit, programme, fund, detail);


--
-- Name: fact_series fact_series_pkey; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.fact_series
    ADD CONSTRAINT fact_series_pkey PRIMARY KEY (id);


--
-- Name: journal_accounts journal_accounts_account_unit_key; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.journal_accounts
    ADD CONSTRAINT journal_accounts_account_unit_key UNIQUE (account, unit);


--
-- Name: journal_accounts journal_accounts_pkey; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.journal_accounts
    ADD CONSTRAINT journal_accounts_pkey PRIMARY KEY (id);


--
-- Name: journal journal_pkey; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.journal
    ADD CONSTRAINT journal_pkey PRIMARY KEY ("position", line);


--
-- Name: journal_sayings journal_sayings_area_class_topic_by__key; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.journal_sayings
    ADD CONSTRAINT journal_sayings_area_class_topic_by__key UNIQUE (area, class, topic, by_);


--
-- Name: journal_sayings journal_sayings_pkey; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.journal_sayings
    ADD CONSTRAINT journal_sayings_pkey PRIMARY KEY (id);


--
-- Name: positions positions_pkey; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.positions
    ADD CONSTRAINT positions_pkey PRIMARY KEY (view);


--
-- Name: received_days received_days_pkey; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.received_days
    ADD CONSTRAINT received_days_pkey PRIMARY KEY (fund, earmark, booked);


--
-- Name: register_heads register_heads_pkey; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.register_heads
    ADD CONSTRAINT register_heads_pkey PRIMARY KEY (subject);


--
-- Name: register_patches register_patches_pkey; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.register_patches
    ADD CONSTRAINT register_patches_pkey PRIMARY KEY (subject, "position");


--
-- Name: roll_deaths roll_deaths_pkey; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.roll_deaths
    ADD CONSTRAINT roll_deaths_pkey PRIMARY KEY (person);


--
-- Name: roll_entitlements roll_entitlements_pkey; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.roll_entitlements
    ADD CONSTRAINT roll_entitlements_pkey PRIMARY KEY (entitlement);


--
-- Name: roll_runs roll_runs_pkey; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.roll_runs
    ADD CONSTRAINT roll_runs_pkey PRIMARY KEY (run);


--
-- Name: roll_schemes roll_schemes_pkey; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.roll_schemes
    ADD CONSTRAINT roll_schemes_pkey PRIMARY KEY (scheme);


--
-- Name: stock_held stock_held_pkey; Type: CONSTRAINT; Schema: views; Owner: mingzhang_app
--

ALTER TABLE ONLY views.stock_held
    ADD CONSTRAINT stock_held_pkey PRIMARY KEY (fund, earmark, kind);


--
-- Name: events_by_position; Type: INDEX; Schema: ledger; Owner: mingzhang_append
--

CREATE UNIQUE INDEX events_by_position ON ledger.events USING btree (notification_id);


--
-- Name: fact_whos_by_0; Type: INDEX; Schema: views; Owner: mingzhang_app
--

CREATE INDEX fact_whos_by_0 ON views.fact_whos USING btree (series, "position");


--
-- Name: journal_by_0; Type: INDEX; Schema: views; Owner: mingzhang_app
--

CREATE INDEX journal_by_0 ON views.journal USING btree (account, "position");


--
-- Name: register_heads_by_0; Type: INDEX; Schema: views; Owner: mingzhang_app
--

CREATE INDEX register_heads_by_0 ON views.register_heads USING btree ((("row" ->> 'run'::text)), subject) WHERE ("row" ? 'run'::text);


--
-- Name: roll_changes_by_0; Type: INDEX; Schema: views; Owner: mingzhang_app
--

CREATE INDEX roll_changes_by_0 ON views.roll_changes USING btree (entitlement);


--
-- Name: roll_changes_by_1; Type: INDEX; Schema: views; Owner: mingzhang_app
--

CREATE INDEX roll_changes_by_1 ON views.roll_changes USING btree ("position");


--
-- Name: roll_deaths_by_0; Type: INDEX; Schema: views; Owner: mingzhang_app
--

CREATE INDEX roll_deaths_by_0 ON views.roll_deaths USING btree ("position");


--
-- Name: roll_entitlements_by_0; Type: INDEX; Schema: views; Owner: mingzhang_app
--

CREATE INDEX roll_entitlements_by_0 ON views.roll_entitlements USING btree (scheme);


--
-- Name: roll_entitlements_by_1; Type: INDEX; Schema: views; Owner: mingzhang_app
--

CREATE INDEX roll_entitlements_by_1 ON views.roll_entitlements USING btree (holder);


--
-- Name: roll_members_by_0; Type: INDEX; Schema: views; Owner: mingzhang_app
--

CREATE INDEX roll_members_by_0 ON views.roll_members USING btree (household);


--
-- Name: roll_members_by_1; Type: INDEX; Schema: views; Owner: mingzhang_app
--

CREATE INDEX roll_members_by_1 ON views.roll_members USING btree (person);


--
-- Name: roll_rates_by_0; Type: INDEX; Schema: views; Owner: mingzhang_app
--

CREATE INDEX roll_rates_by_0 ON views.roll_rates USING btree (scheme);


--
-- Name: roll_runs_by_0; Type: INDEX; Schema: views; Owner: mingzhang_app
--

CREATE INDEX roll_runs_by_0 ON views.roll_runs USING btree (scheme, month);


--
-- Name: dead_letters dead_letters_subject_fkey; Type: FK CONSTRAINT; Schema: delivery; Owner: mingzhang_app
--

ALTER TABLE ONLY delivery.dead_letters
    ADD CONSTRAINT dead_letters_subject_fkey FOREIGN KEY (subject) REFERENCES delivery.webhooks(subject) ON DELETE CASCADE;


--
-- Name: SCHEMA ledger; Type: ACL; Schema: -; Owner: mingzhang_append
--

GRANT USAGE ON SCHEMA ledger TO mingzhang_app;


--
-- Name: SCHEMA vault; Type: ACL; Schema: -; Owner: mingzhang_vault
--

GRANT USAGE ON SCHEMA vault TO mingzhang_app;


--
-- Name: FUNCTION append(ids text[], versions bigint[], topics text[], states bytea[], salts bytea[], first_booked date, first_booked_plain date, read_ids text[], read_versions bigint[], stops_known_to bigint, keys text[], hashes bytea[], offsets integer[], answers bytea[], OUT first_position bigint, OUT moment timestamp with time zone); Type: ACL; Schema: ledger; Owner: mingzhang_append
--

REVOKE ALL ON FUNCTION ledger.append(ids text[], versions bigint[], topics text[], states bytea[], salts bytea[], first_booked date, first_booked_plain date, read_ids text[], read_versions bigint[], stops_known_to bigint, keys text[], hashes bytea[], offsets integer[], answers bytea[], OUT first_position bigint, OUT moment timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION ledger.append(ids text[], versions bigint[], topics text[], states bytea[], salts bytea[], first_booked date, first_booked_plain date, read_ids text[], read_versions bigint[], stops_known_to bigint, keys text[], hashes bytea[], offsets integer[], answers bytea[], OUT first_position bigint, OUT moment timestamp with time zone) TO mingzhang_app;


--
-- Name: FUNCTION append_staged(first_booked date, first_booked_plain date, read_ids text[], read_versions bigint[], stops_known_to bigint, keys text[], hashes bytea[], offsets integer[], answers bytea[], OUT first_position bigint, OUT moment timestamp with time zone); Type: ACL; Schema: ledger; Owner: mingzhang_append
--

REVOKE ALL ON FUNCTION ledger.append_staged(first_booked date, first_booked_plain date, read_ids text[], read_versions bigint[], stops_known_to bigint, keys text[], hashes bytea[], offsets integer[], answers bytea[], OUT first_position bigint, OUT moment timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION ledger.append_staged(first_booked date, first_booked_plain date, read_ids text[], read_versions bigint[], stops_known_to bigint, keys text[], hashes bytea[], offsets integer[], answers bytea[], OUT first_position bigint, OUT moment timestamp with time zone) TO mingzhang_app;


--
-- Name: FUNCTION end_stalled(watched text[], OUT holders text[], OUT ended integer); Type: ACL; Schema: ledger; Owner: mingzhang_append
--

REVOKE ALL ON FUNCTION ledger.end_stalled(watched text[], OUT holders text[], OUT ended integer) FROM PUBLIC;
GRANT ALL ON FUNCTION ledger.end_stalled(watched text[], OUT holders text[], OUT ended integer) TO mingzhang_app;


--
-- Name: FUNCTION enter(first_booked date, first_booked_plain date, read_ids text[], read_versions bigint[], stops_known_to bigint, OUT last_position bigint, OUT moment timestamp with time zone); Type: ACL; Schema: ledger; Owner: mingzhang_append
--

REVOKE ALL ON FUNCTION ledger.enter(first_booked date, first_booked_plain date, read_ids text[], read_versions bigint[], stops_known_to bigint, OUT last_position bigint, OUT moment timestamp with time zone) FROM PUBLIC;


--
-- Name: FUNCTION keep_periods(); Type: ACL; Schema: ledger; Owner: mingzhang_append
--

REVOKE ALL ON FUNCTION ledger.keep_periods() FROM PUBLIC;


--
-- Name: FUNCTION leave(last_position bigint, moment timestamp with time zone, head bigint, keys text[], hashes bytea[], offsets integer[], answers bytea[]); Type: ACL; Schema: ledger; Owner: mingzhang_append
--

REVOKE ALL ON FUNCTION ledger.leave(last_position bigint, moment timestamp with time zone, head bigint, keys text[], hashes bytea[], offsets integer[], answers bytea[]) FROM PUBLIC;


--
-- Name: FUNCTION stage(); Type: ACL; Schema: ledger; Owner: mingzhang_append
--

REVOKE ALL ON FUNCTION ledger.stage() FROM PUBLIC;
GRANT ALL ON FUNCTION ledger.stage() TO mingzhang_app;


--
-- Name: FUNCTION take_turn(); Type: ACL; Schema: ledger; Owner: mingzhang_append
--

REVOKE ALL ON FUNCTION ledger.take_turn() FROM PUBLIC;
GRANT ALL ON FUNCTION ledger.take_turn() TO mingzhang_app;


--
-- Name: FUNCTION read(subject text, OUT wrapped_key bytea, OUT content bytea); Type: ACL; Schema: vault; Owner: mingzhang_vault
--

REVOKE ALL ON FUNCTION vault.read(subject text, OUT wrapped_key bytea, OUT content bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION vault.read(subject text, OUT wrapped_key bytea, OUT content bytea) TO mingzhang_app;


--
-- Name: FUNCTION seal(subjects text[], wrapped_keys bytea[], contents bytea[]); Type: ACL; Schema: vault; Owner: mingzhang_vault
--

REVOKE ALL ON FUNCTION vault.seal(subjects text[], wrapped_keys bytea[], contents bytea[]) FROM PUBLIC;
GRANT ALL ON FUNCTION vault.seal(subjects text[], wrapped_keys bytea[], contents bytea[]) TO mingzhang_app;


--
-- Name: TABLE events; Type: ACL; Schema: ledger; Owner: mingzhang_append
--

GRANT SELECT ON TABLE ledger.events TO mingzhang_app;


--
-- Name: TABLE format; Type: ACL; Schema: ledger; Owner: mingzhang_append
--

GRANT SELECT ON TABLE ledger.format TO mingzhang_app;


--
-- Name: TABLE periods; Type: ACL; Schema: ledger; Owner: mingzhang_append
--

GRANT SELECT ON TABLE ledger.periods TO mingzhang_app;


--
-- Name: TABLE receipts; Type: ACL; Schema: ledger; Owner: mingzhang_append
--

GRANT SELECT ON TABLE ledger.receipts TO mingzhang_app;


--
-- PostgreSQL database dump complete
--


