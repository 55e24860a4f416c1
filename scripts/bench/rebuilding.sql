-- The journal and the balances of a log of payments, by PostgreSQL alone.
SET LOCAL search_path = bench_limit;
SET LOCAL work_mem = '256MB';
SET LOCAL synchronous_commit = off;

CREATE TEMPORARY TABLE lines ON COMMIT DROP AS
WITH said AS MATERIALIZED (
    SELECT e.notification_id AS position, e.recorded_at, e.originator_id AS subject,
           split_part(e.topic, '.v', 1) AS topic, s.*
    FROM ledger.events e, jsonb_to_record(convert_from(e.state, 'UTF8')::jsonb) AS s (
        act jsonb, run text, fund text, earmark text, programme text, area text, amount bigint)
)
SELECT position, n::smallint AS line, account, value, 'fen' AS unit,
       (act ->> 'booked')::date AS booked, (act ->> 'on')::date AS on_, coalesce(area, '') AS area,
       subject, topic, act ->> 'by' AS by_, recorded_at
FROM said, split_part(fund, ':', 2) AS key, LATERAL (VALUES
    (1, CASE topic WHEN 'payment.made' THEN 'committed:' || key || ':' || earmark || ':' || run
                   ELSE 'spent:' || key || ':' || earmark || ':' || programme END, -amount),
    (2, CASE topic WHEN 'payment.made' THEN 'spent:' || key || ':' || earmark || ':' || programme
                   ELSE 'returned:' || key || ':' || earmark || ':' || run END, amount)
) AS line (n, account, value);

INSERT INTO journal_accounts (account, class, fund, programme)
SELECT account, split_part(account, ':', 1), split_part(account, ':', 2),
       CASE WHEN account LIKE 'spent:%' THEN split_part(account, ':', 4) ELSE '' END
FROM (SELECT DISTINCT account FROM lines ORDER BY 1) a;

INSERT INTO journal (position, line, account, value, unit, booked, on_, area, budget_class,
                     subject, topic, by_, recorded_at)
SELECT position, line, a.id, value, unit, booked, on_, area, '', subject, topic, by_, recorded_at
FROM lines JOIN journal_accounts a USING (account) ORDER BY position, line;

INSERT INTO balance_series (account, unit, area, class, fund, earmark, detail, programme)
SELECT account, unit, area, split_part(account, ':', 1), split_part(account, ':', 2),
       split_part(account, ':', 3), regexp_replace(account, '^([^:]*:){3}', ''),
       CASE WHEN account LIKE 'spent:%' THEN split_part(account, ':', 4) ELSE '' END
FROM (SELECT DISTINCT account, unit, area FROM lines ORDER BY 1, 2, 3) s;

INSERT INTO balance_cells (series, block, booked, value, n, offsets, amounts)
SELECT s.id, block, booked, sum(value), count(*),
       array_agg(((position - 1) % {block})::smallint ORDER BY position, line),
       array_agg(value ORDER BY position, line)
FROM (SELECT *, ((position - 1) / {block})::int AS block FROM lines) l
JOIN balance_series s USING (account, unit, area)
WHERE position <= (SELECT max(position) / {block} * {block} FROM lines)
GROUP BY s.id, block, booked;

INSERT INTO balance_tail (position, series, booked, value)
SELECT position, s.id, booked, value FROM lines JOIN balance_series s USING (account, unit, area)
WHERE position > (SELECT max(position) / {block} * {block} FROM lines);
