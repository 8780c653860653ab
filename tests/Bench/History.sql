-- The conversations of @accounts customers up to @until, 25 of each, one every four days or so: ten times as many interactions are ten
-- times as many customers. The customer writes or calls; mostly we answer within hours.
with conversations as (
  select a, k, abs(hashint8extended(a * 1000003::bigint + k, 1)) as h
  from generate_series(1, @accounts) a cross join generate_series(1, 25) k
),
sides as (
  select c.*, s as side, abs(hashint8extended(h, 2 + s)) as r,
    @until - (26 - k) * interval '4 days 9 hours' + h % 100000 * interval '1.8 seconds' as began_at
  from conversations c cross join generate_series(0, 1) s
),
timed as (
  select *, case side when 0 then began_at
    else began_at + least(-ln((r % 99999 + 1) / 100000.0) * 10, 90) * interval '1 hour' end as at
  from sides
)
insert into interaction (account_id, source_key, occurred_at, known_at, batch_id, position, channel, direction, kind, contact_key, thread_key,
  staff_key, automatic, bulk, to_bot, connected, duration_seconds, missed_reason)
select a, 'i' || lpad((k * 2 + side)::text, 7, '0'), at, at, 1, k,
  case when r % 100 < 85 then 'email' when r % 100 < 97 then 'phone' else 'meeting' end,
  case when side = 0 then 'inbound' when r % 17 = 0 then 'internal' else 'outbound' end,
  case when side = 1 and r % 17 = 0 then 'note' when r % 100 < 85 then 'message' when r % 100 < 97 then 'call'
    when side = 0 then 'voicemail' else 'meeting' end,
  'c' || a || '-' || h % 3, case when r % 100 < 85 then 'th' || k end, case side when 1 then 's' || a % 200 end, false, false, false,
  case when r % 100 between 85 and 96 then side = 1 or r % 3 > 0 end, case when r % 100 between 85 and 96 then 90 end,
  case when side = 0 and r % 100 between 85 and 96 and r % 3 = 0 then 'no_agent_answered' end
from timed
where at < @until
