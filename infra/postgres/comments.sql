-- What schemas, tables and columns hold. Texts only: laid anew whenever the owner's part runs.
COMMENT ON SCHEMA ledger IS
'The event log and what guards it. Only the functions of this schema write in it.';
COMMENT ON TABLE ledger.format IS 'One row: the format of the ledger.';
COMMENT ON COLUMN ledger.format.version IS
'The number of the last migration; a program works on ledgers of its own format only.';
COMMENT ON TABLE ledger.rules IS
    'Rules that mingzhang verify holds events to from a position on: earlier formats had them not.';
COMMENT ON COLUMN ledger.rules.rule IS 'Its name: two-persons, entrusted-bodies or other-accounts.';
COMMENT ON COLUMN ledger.rules.since IS 'The first position that it counts for.';

COMMENT ON TABLE ledger.identity IS 'One row: whose ledger it is; compared at every start.';
COMMENT ON COLUMN ledger.identity.one IS 'Always true, so that there is one row.';
COMMENT ON COLUMN ledger.identity.ledger IS
'The id of the ledger, made with it; it stands in every ETag and in every event of the feed.';
COMMENT ON COLUMN ledger.identity.jurisdiction IS
'The division code (GB/T 2260) in the names of its events and topics.';
COMMENT ON COLUMN ledger.identity.zone IS 'The time zone whose days count, such as Asia/Shanghai.';
COMMENT ON TABLE ledger.keys IS
'What the keys look like that the ledger is sealed with: another key is refused by name.';
COMMENT ON COLUMN ledger.keys.name IS
'A key of the data folder (master-key, content-key, token-key), or the scheme whose payments a key
names.';
COMMENT ON COLUMN ledger.keys.fingerprint IS
'A hash made with the key: it tells it from others, and gives nothing of it away.';
COMMENT ON TABLE ledger.topics IS 'What the append must know of each kind of event.';
COMMENT ON COLUMN ledger.topics.topic IS 'The stored name, such as payment.made.v1.';
COMMENT ON COLUMN ledger.topics.books IS
'It moves money or goods: its booked day lies in no closed period.';
COMMENT ON COLUMN ledger.topics.empties IS
'It destroys what the vault holds of its subject; nothing else does.';
COMMENT ON TABLE ledger.events IS 'The event log: one row an event, never changed or removed.';
COMMENT ON COLUMN ledger.events.originator_id IS 'The subject, such as fund:lottery.';
COMMENT ON COLUMN ledger.events.originator_version IS
'The number of the event in the stream of its subject: 1, 2, 3 ...';
COMMENT ON COLUMN ledger.events.topic IS 'The kind of event with its version: fund.received.v1.';
COMMENT ON COLUMN ledger.events.state IS 'The fact itself: JSON in UTF-8, money in fen.';
COMMENT ON COLUMN ledger.events.notification_id IS
'The position in the log: 1, 2, 3 ... without gaps, in the order of commits.';
COMMENT ON COLUMN ledger.events.recorded_at IS
'When the log took it; never earlier than that of the position before.';
COMMENT ON COLUMN ledger.events.salt IS
'32 random bytes: with them a hash of the event gives nothing of its content away.';
COMMENT ON TABLE ledger.receipts IS
'What the sender of a command was answered; the same key never has a second effect.';
COMMENT ON COLUMN ledger.receipts.key IS 'The Idempotency-Key that the command came with.';
COMMENT ON COLUMN ledger.receipts.hash IS 'A keyed hash of what was sent under the key.';
COMMENT ON COLUMN ledger.receipts.first_position IS
'The position of the first event of the command.';
COMMENT ON COLUMN ledger.receipts.recorded_at IS 'When the log took the command.';
COMMENT ON COLUMN ledger.receipts.answer IS
'The answer as JSON in UTF-8; its events are offsets from first_position.';
COMMENT ON TABLE ledger.periods IS 'One row: the days through which the books are closed.';
COMMENT ON COLUMN ledger.periods.closed_through IS
'No event is booked on this day or before it.';
COMMENT ON COLUMN ledger.periods.soft_through IS
'Only corrections with a reason are booked on this day or before it.';
COMMENT ON TABLE ledger.gate IS
'Never holds a row: its exclusive lock is the append lock, held by one append at a time.';

COMMENT ON SCHEMA vault IS
'Names, ID numbers, accounts and keys, sealed with AES-256-GCM. The application reads them by
vault.read(), one subject at a time; the master key lies outside the database.';
COMMENT ON TABLE vault.sealed IS 'One row a subject; an erased one has neither key nor content.';
COMMENT ON COLUMN vault.sealed.subject IS 'The subject: a person, a scheme, a webhook''s secret.';
COMMENT ON COLUMN vault.sealed.wrapped_key IS
'The subject''s own key, sealed under the master key: nonce, ciphertext, tag.';
COMMENT ON COLUMN vault.sealed.content IS
'JSON sealed under the subject''s own key: nonce, ciphertext, tag.';
COMMENT ON TABLE vault.id_numbers IS 'Whose ID number it is: no two persons have one.';
COMMENT ON COLUMN vault.id_numbers.number IS
'The keyed hash (HMAC-SHA-256, hex) of the number; its key comes from the master key.';
COMMENT ON COLUMN vault.id_numbers.person IS 'The person.';
COMMENT ON TABLE vault.marks IS
'By which keyed hashes papers are found; those of papers that were erased are gone.';
COMMENT ON COLUMN vault.marks.mark IS
'The keyed hash of a name, an ID number or an account, each under a key of its own.';
COMMENT ON COLUMN vault.marks.entry IS 'The entry of vault.sealed whose content says it.';

COMMENT ON SCHEMA delivery IS
'How far receivers outside have been told of the log. What is lost here is only told again.';
COMMENT ON TABLE delivery.webhooks IS 'The delivery state of each webhook.';
COMMENT ON COLUMN delivery.webhooks.subject IS 'The webhook, such as webhook:finance.';
COMMENT ON COLUMN delivery.webhooks.version IS
'The last event of the webhook that let it be called anew.';
COMMENT ON COLUMN delivery.webhooks.position IS
'The receiver has answered for all events up to this position.';
COMMENT ON COLUMN delivery.webhooks.calling IS
'The position of the call under way since called_at; null while there is none.';
COMMENT ON COLUMN delivery.webhooks.called_at IS 'When the last call began.';
COMMENT ON COLUMN delivery.webhooks.attempts IS 'Calls since the last that was answered well.';
COMMENT ON COLUMN delivery.webhooks.due_at IS 'When the next call is due.';
COMMENT ON COLUMN delivery.webhooks.ended IS
'Why it is called no more: dead after too many failures, or gone as the receiver said.';
COMMENT ON COLUMN delivery.webhooks.answer IS 'What the last call was answered.';
COMMENT ON COLUMN delivery.webhooks.calls IS 'How many calls there were.';
COMMENT ON COLUMN delivery.webhooks.failures IS 'How many of them failed.';
COMMENT ON TABLE delivery.dead_letters IS
'The last calls of webhooks that ended: at most 20 a webhook are kept.';
COMMENT ON COLUMN delivery.dead_letters.subject IS 'The webhook.';
COMMENT ON COLUMN delivery.dead_letters.died_at IS 'When the last attempt failed.';
COMMENT ON COLUMN delivery.dead_letters.position IS 'The position that was to be told.';
COMMENT ON COLUMN delivery.dead_letters.attempts IS 'How often it was tried.';
COMMENT ON COLUMN delivery.dead_letters.answer IS 'What the last attempt was answered.';
COMMENT ON TABLE delivery.relay IS 'One row: the state of the relay to Kafka.';
COMMENT ON COLUMN delivery.relay.one IS 'Always true, so that there is one row.';
COMMENT ON COLUMN delivery.relay.position IS
'Both topics held all events up to this position; topics that hold less have lost some.';
COMMENT ON COLUMN delivery.relay.instance IS 'The relay that started last, by a random name.';
COMMENT ON COLUMN delivery.relay.state IS 'off, relaying, waiting or stopped, as it said last.';
COMMENT ON COLUMN delivery.relay.reason IS 'Why it waits or stopped.';
COMMENT ON COLUMN delivery.relay.seen_at IS
'When it said so; after 10 seconds of silence it counts as gone.';
COMMENT ON COLUMN delivery.relay.events IS 'Events relayed in all.';
COMMENT ON COLUMN delivery.relay.transactions IS 'Kafka transactions in all.';
COMMENT ON COLUMN delivery.relay.rate IS 'Events a second of the last transaction.';
COMMENT ON COLUMN delivery.relay.failures IS 'How often it failed.';
COMMENT ON COLUMN delivery.relay.topics IS
'The id that Kafka gave each topic when it was first filled; no other topic ever has it.';

COMMENT ON SCHEMA office IS
'What the office works with in a browser, and no fact: what is lost here is signed in or typed
again.';
COMMENT ON TABLE office.imports IS
'Tables that were sent, sealed, and what became of their rows; they go after a week.';
COMMENT ON COLUMN office.imports.id IS 'What the import is called.';
COMMENT ON COLUMN office.imports.person IS 'Who sent it.';
COMMENT ON COLUMN office.imports.roles IS
'The roles of the token that sent it; null: all that the ledger grants.';
COMMENT ON COLUMN office.imports.kind IS 'The kind of table, such as donations.';
COMMENT ON COLUMN office.imports.form IS 'XLSX or CSV.';
COMMENT ON COLUMN office.imports.dry_run IS 'It is tried only: nothing is stored of its rows.';
COMMENT ON COLUMN office.imports.state IS 'Waiting or under way, or done.';
COMMENT ON COLUMN office.imports.rows IS 'How many rows there are below the head.';
COMMENT ON COLUMN office.imports.rows_done IS 'How many of them were looked at.';
COMMENT ON COLUMN office.imports.wrapped_key IS
'The file''s own key, sealed under the master key: nonce, ciphertext, tag.';
COMMENT ON COLUMN office.imports.content IS 'The file, sealed under its own key.';
COMMENT ON COLUMN office.imports.result_key IS
'The result''s own key, sealed under the master key: nonce, ciphertext, tag.';
COMMENT ON COLUMN office.imports.result IS
'What became of each row as JSON, sealed under its own key; null until it is done.';
COMMENT ON COLUMN office.imports.made_at IS 'When it was sent; after a week it goes.';
COMMENT ON TABLE office.sessions IS 'Who is signed in at the desk: one row a browser.';
COMMENT ON COLUMN office.sessions.hash IS
'SHA-256 of the value of the cookie; the value itself is kept by the browser only.';
COMMENT ON COLUMN office.sessions.id IS 'What the session is called on the page that ends it.';
COMMENT ON COLUMN office.sessions.person IS 'Who signed in, such as clerk-1.';
COMMENT ON COLUMN office.sessions.roles IS
'The roles of the token that signed in, of which those count that the ledger still grants; null:
all that it grants.';
COMMENT ON COLUMN office.sessions.way IS
'How: by a token of ours, a provider of OpenID Connect, or one click in a demonstration.';
COMMENT ON COLUMN office.sessions.browser IS 'What the browser calls itself, shortened.';
COMMENT ON COLUMN office.sessions.begun_at IS 'When the session began.';
COMMENT ON COLUMN office.sessions.seen_at IS
'When it was used last, to the minute; 30 minutes later it has ended.';
COMMENT ON COLUMN office.sessions.ends_at IS
'When it ends at the latest: after 12 hours, or with the token that signed in.';
COMMENT ON TABLE office.drafts IS
'Forms that could not be sent, or were refused: kept sealed, for whoever filled them in.';
COMMENT ON COLUMN office.drafts.key IS 'The Idempotency-Key of the form.';
COMMENT ON COLUMN office.drafts.person IS 'Who filled it in.';
COMMENT ON COLUMN office.drafts.command IS 'The command of the form, such as fund.commit.';
COMMENT ON COLUMN office.drafts.wrapped_key IS
'The draft''s own key, sealed under the master key: nonce, ciphertext, tag.';
COMMENT ON COLUMN office.drafts.content IS
'The fields as JSON, sealed under the draft''s own key; what goes to the vault is left out.';
COMMENT ON COLUMN office.drafts.kept_at IS 'When it was kept; after 30 days it goes.';

COMMENT ON TABLE office.looks IS
'How often somebody looked for persons of late, so that nobody walks through all; kept for an hour.';
COMMENT ON COLUMN office.looks.person IS 'Who looked.';
COMMENT ON COLUMN office.looks.minute IS 'In which minute.';
COMMENT ON COLUMN office.looks.looks IS 'How many looks.';
COMMENT ON COLUMN office.looks.in_vain IS 'How many of them found nobody.';
COMMENT ON TABLE office.check_runs IS
'Runs of verify that somebody asked for: one cut off is taken up again.';
COMMENT ON COLUMN office.check_runs.id IS 'What the run is called.';
COMMENT ON COLUMN office.check_runs.person IS 'Who asked for it.';
COMMENT ON COLUMN office.check_runs.checks IS 'Which checks; null: all.';
COMMENT ON COLUMN office.check_runs.is_full IS
'Whether reading all was asked for; every run does.';
COMMENT ON COLUMN office.check_runs.state IS
'Waiting or under way, done, or failed: it ended without an answer.';
COMMENT ON COLUMN office.check_runs.position IS 'Up to which position the log was looked at.';
COMMENT ON COLUMN office.check_runs.asked_at IS 'When it was asked for.';
COMMENT ON COLUMN office.check_runs.ended_at IS 'When it ended.';
COMMENT ON TABLE office.check_results IS 'What each check of a run answered.';
COMMENT ON COLUMN office.check_results.run IS 'Of which run.';
COMMENT ON COLUMN office.check_results.check IS 'Of which check, such as identity.';
COMMENT ON COLUMN office.check_results.position IS 'Up to which position it looked.';
COMMENT ON COLUMN office.check_results.since IS
'From behind which position it read the log; 0, as each does: it read all.';
COMMENT ON COLUMN office.check_results.answer IS
'The answer as JSON: sentence, whether it holds, how much was examined, breaches.';
COMMENT ON COLUMN office.check_results.found_at IS 'When it was found.';
COMMENT ON TABLE office.exports IS
'Exports that somebody asked for; their files lie in the data folder and can be made again.';
COMMENT ON COLUMN office.exports.id IS 'What the export is called.';
COMMENT ON COLUMN office.exports.person IS 'Who asked for it.';
COMMENT ON COLUMN office.exports.format IS 'The form of the files, such as hledger.';
COMMENT ON COLUMN office.exports.as_of IS 'Up to which booked day; null: all days.';
COMMENT ON COLUMN office.exports.position IS 'Up to which position of the log.';
COMMENT ON COLUMN office.exports.state IS
'Waiting or under way, done, or failed: it cannot be made.';
COMMENT ON COLUMN office.exports.manifest IS
'What was written, as JSON: files with their rows and digests; null until it is done.';
COMMENT ON COLUMN office.exports.asked_at IS 'When it was asked for.';

COMMENT ON SCHEMA views IS
'Tables grown from the log and from nothing else; dropped, they grow again.';
COMMENT ON SCHEMA views_next IS
'Where a rebuild grows views anew, before they take the place of those in views.';
