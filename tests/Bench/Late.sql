-- What is learned of a locked quarter a quarter later: of every fiftieth of @people people a customer's mail of February that nobody answered.
with late as (
  insert into interaction (account_id, source_key, occurred_at, known_at, batch_id, position, channel, direction, kind, contact_key, thread_key,
    staff_key, automatic, bulk, to_bot, connected, duration_seconds, missed_reason)
  select account_id, 'late' || account_id, '2026-02-10 09:00+00', '2026-05-05 09:00+00', 1, account_id, 'email', 'inbound', 'message',
    'c' || account_id || '-0', 'late', null, false, false, false, null, null, null
  from account where account_id % @people % 50 = 0
  returning account_id, occurred_at, contact_key
)
insert into dirty_account (account_id, since, facts, contacts)
select account_id, occurred_at, '{interaction}', array[contact_key] from late order by account_id
