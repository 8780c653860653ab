-- 10,000 new contacts of the hour before @until, over the @accounts customers as they come, and the marks that
-- loading them leaves. @round makes them new.
with news as (
  select n, abs(hashint8extended(n, 100 + @round)) as h from generate_series(1, 10000) n
),
written as (
  insert into interaction (account_id, source_key, occurred_at, known_at, batch_id, position, channel, direction, kind, contact_key, thread_key,
    staff_key, automatic, bulk, to_bot, connected, duration_seconds, missed_reason)
  select 1 + h % @accounts, 'n' || @round || '-' || n, @until - h / @accounts % 3600 * interval '1 second', @until, 1, n,
    case when n % 10 = 0 then 'phone' else 'email' end, case when h / 7 % 9 < 5 then 'inbound' else 'outbound' end,
    case when n % 10 = 0 then 'call' else 'message' end, 'c' || 1 + h % @accounts || '-' || h / 11 % 3, null,
    case when h / 7 % 9 >= 5 then 's' || (1 + h % @accounts) % 200 end, false, false, false,
    case when n % 10 = 0 then n % 30 > 0 end, case when n % 10 = 0 then 90 end, null
  from news
  returning account_id, occurred_at, contact_key
)
insert into dirty_account (account_id, since, facts, contacts)
select account_id, min(occurred_at), '{interaction}', array_agg(distinct contact_key) from written group by account_id order by account_id
