-- @accounts customers up to @until with what the features are made of: 3 orders, 10 messages, 5 commitments, 2 paid invoices and an issue each.
insert into account (account_id, source_key, occurred_at, known_at, batch_id, position, name, segment)
select a, 'a' || a, '2020-01-01', '2020-01-01', 1, a, 'Customer ' || a, (array['small', 'core', 'key'])[1 + a % 3] from generate_series(1, @accounts) a;
insert into contact (account_id, source_key, occurred_at, known_at, batch_id, position, name, preferred_channel, do_not_contact)
select a, 'c' || a, '2020-01-01', '2020-01-01', 1, a, 'Contact', 'phone', false from generate_series(1, @accounts) a;
insert into sales_order (account_id, source_key, occurred_at, known_at, batch_id, position, amount, currency)
select a, 'o' || n, @until - h % 700 * interval '1 day', '2020-01-01', 1, n, h % 1000, 'EUR'
from (select a, n, abs(hashint8extended(a * 31 + n, 1)) as h from generate_series(1, @accounts) a cross join generate_series(1, 3) n) x;
insert into interaction (account_id, source_key, occurred_at, known_at, batch_id, position, channel, direction, kind, contact_key, automatic, bulk, to_bot)
select a, 'i' || n, @until - h % 400 * interval '1 day', '2020-01-01', 1, n, case when h % 3 = 0 then 'phone' else 'email' end,
  case when n % 2 = 0 then 'inbound' else 'outbound' end, 'message', 'c' || a, false, false, false
from (select a, n, abs(hashint8extended(a * 37 + n, 2)) as h from generate_series(1, @accounts) a cross join generate_series(1, 10) n) x;
insert into commitment (account_id, kind, commitment_key, definition_version, party, opened_at, first_contact_at, due_at, fulfilled_at, reminders, source_deleted, fixed_at, settles_at)
select a, case when n < 5 then 'respond' else 'promise' end, 'i' || n, 1, 'c' || a, opened_at, opened_at, opened_at + interval '24 hours',
  opened_at + h % 60 * interval '1 hour', 0, false, 'infinity', 'infinity'
from (select a, n, abs(hashint8extended(a * 41 + n, 3)) as h, @until - abs(hashint8extended(a * 41 + n, 4)) % 300 * interval '1 day' as opened_at
  from generate_series(1, @accounts) a cross join generate_series(1, 5) n) x;
insert into invoice (account_id, source_key, occurred_at, known_at, batch_id, position, number, sent_at, due_on, amount, currency)
select a, 'v' || n, at, '2020-01-01', 1, n, 'v' || n, at, at::date + 30, 100, 'EUR'
from (select a, n, @until - abs(hashint8extended(a * 43 + n, 5)) % 400 * interval '1 day' as at from generate_series(1, @accounts) a cross join generate_series(1, 2) n) x;
insert into payment (account_id, source_key, occurred_at, known_at, batch_id, position, invoice_key, amount, currency)
select account_id, 'p' || source_key, occurred_at + interval '25 days', '2020-01-01', 1, 1, source_key, 100, 'EUR' from invoice;
insert into issue (account_id, source_key, occurred_at, known_at, batch_id, position, title, priority)
select a, 'u' || a, @until - a % 300 * interval '1 day', '2020-01-01', 1, a, 'Issue', 'normal' from generate_series(1, @accounts) a;
