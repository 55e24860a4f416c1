-- The journal and the balances of a log of payments, by PostgreSQL alone.
SET LOCAL search_path = bench_limit;
SET LOCAL work_mem = '256MB';
SET LOCAL synchronous_commit = off;

CREATE TEMPORARY TABLE lines ON COMMIT DROP AS
WITH said AS MATERIALIZED (
    SELECT e.notification_id AS position,
           split_part(e.topic, '.v', 1) AS topic, s.*,
           -- What came back counts where the payment was.
           max(s.area) OVER (PARTITION BY e.originator_id) AS place
    FROM ledger.events e, jsonb_to_record(convert_from(e.state, 'UTF8')::jsonb) AS s (
        act jsonb, run text, fund text, earmark text, programme text, area text, amount bigint)
)
SELECT position, n::smallint AS line, account, value, 'fen' AS unit,
       (act ->> 'booked')::date AS booked, (act ->> 'on')::date AS on_, coalesce(place, '') AS area,
       topic, act ->> 'by' AS by_,
       CASE topic WHEN 'payment.made' THEN run ELSE '' END AS subject,
       CASE topic WHEN 'payment.made' THEN act ->> 'booked' ELSE left(act ->> 'booked', 7) END
           AS period
FROM said, split_part(fund, ':', 2) AS key, LATERAL (VALUES
    (1, CASE topic WHEN 'payment.made' THEN 'committed:' || key || ':' || earmark || ':' || run
                   ELSE 'spent:' || key || ':' || earmark || ':' || programme END, -amount),
    (2, CASE topic WHEN 'payment.made' THEN 'spent:' || key || ':' || earmark || ':' || programme
                   ELSE 'returned:' || key || ':' || earmark || ':' || run END, amount)
) AS line (n, account, value);

INSERT INTO journal_accounts (account, unit, class, fund, programme)
SELECT account, unit, split_part(account, ':', 1), split_part(account, ':', 2),
       CASE WHEN account LIKE 'spent:%' THEN split_part(account, ':', 4) ELSE '' END
FROM (SELECT DISTINCT account, unit FROM lines ORDER BY 1, 2) a;

INSERT INTO journal_sayings (area, class, topic, by_)
SELECT DISTINCT area, '', topic, by_ FROM lines ORDER BY 1, 3, 4;

-- Where each begins: the least position, and the least line there, as one number.
INSERT INTO journal_summaries
    (account, unit, subject, topic, period, class, fund, programme, position, line)
SELECT account, unit, subject, topic, period, class, fund, programme, first >> 8, first & 255
FROM (SELECT account, unit, subject, topic, period, min(position << 8 | line) AS first
      FROM lines GROUP BY 1, 2, 3, 4, 5) s
JOIN journal_accounts USING (account, unit) ORDER BY 1, 2, 3, 4, 5;

CREATE TEMPORARY TABLE vouchers ON COMMIT DROP AS
SELECT position, to_char(booked, 'YYYY-MM') AS month,
       row_number() OVER (PARTITION BY date_trunc('month', booked) ORDER BY position) AS voucher
FROM lines WHERE line = 1;

INSERT INTO journal_months (month, vouchers) SELECT month, max(voucher) FROM vouchers GROUP BY 1;

INSERT INTO journal (position, line, account, said, value, booked, on_, voucher, summary)
SELECT l.position, l.line, a.id, s.id, value, booked, on_, voucher, m.id
FROM lines l JOIN vouchers USING (position) JOIN journal_accounts a USING (account, unit)
JOIN journal_sayings s USING (area, topic, by_)
JOIN journal_summaries m USING (account, unit, subject, topic, period)
ORDER BY l.position, l.line;

INSERT INTO balance_series (account, unit, class, fund, earmark, detail, programme)
SELECT account, unit, split_part(account, ':', 1), split_part(account, ':', 2),
       split_part(account, ':', 3), regexp_replace(account, '^([^:]*:){3}', ''),
       CASE WHEN account LIKE 'spent:%' THEN split_part(account, ':', 4) ELSE '' END
FROM (SELECT DISTINCT account, unit FROM lines ORDER BY 1, 2) s;

INSERT INTO balance_places (area) SELECT area FROM lines UNION SELECT '' ORDER BY 1;

CREATE TEMPORARY TABLE numbered ON COMMIT DROP AS
SELECT position, line, s.id AS series, p.id AS place, booked, value,
       ((position - 1) / {block})::int AS block, ((position - 1) % {block})::smallint AS nth
FROM lines JOIN balance_series s USING (account, unit) JOIN balance_places p USING (area);

INSERT INTO balance_cells (series, block, booked, value, n, last, at, sums, counts,
                           offsets, amounts, places)
SELECT series, block, booked, value, n, last, at, sums, counts, offsets, amounts,
       CASE WHEN cardinality(at) > 1 THEN places ELSE '{}' END
FROM (
    SELECT series, block, booked, sum(value) AS value, count(*) AS n, max(nth) AS last,
           array_agg(nth ORDER BY position, line) AS offsets,
           array_agg(value ORDER BY position, line) AS amounts,
           array_agg(place ORDER BY position, line) AS places
    FROM numbered WHERE position <= (SELECT max(position) / {block} * {block} FROM numbered)
    GROUP BY series, block, booked
) cells JOIN (
    SELECT series, block, booked, array_agg(place) AS at, array_agg(value) AS sums,
           array_agg(n) AS counts
    FROM (SELECT series, block, booked, place, sum(value)::bigint AS value, count(*)::int AS n
          FROM numbered GROUP BY 1, 2, 3, 4) parts
    GROUP BY series, block, booked
) shares USING (series, block, booked);

INSERT INTO balance_tail (position, series, place, booked, value)
SELECT position, series, place, booked, value FROM numbered
WHERE position > (SELECT max(position) / {block} * {block} FROM numbered);

-- Every posting of this log is of money to persons, and its months come in order.
INSERT INTO balance_personal (account)
SELECT DISTINCT account FROM lines WHERE account LIKE 'spent:%' ORDER BY 1;

INSERT INTO balance_steps (position, month)
SELECT min(position) - 1, date_trunc('month', booked)::date FROM lines GROUP BY 2;
