-- So many interactions as a help desk exports them, in the order they happened: table wanted, with the columns of interaction as they
-- should be stored. $1 rows, 50 of each account on average, account by account at random. n is the row's place in the file.
create table wanted as
with drawn as (
  select n, abs(hashint8extended(n, 1)) as h, abs(hashint8extended(n, 2)) as r from generate_series(1, $1) n
),
placed as (
  select *, 'desk:a' || h % greatest(1, $1 / 50) as account, timestamptz '2025-01-01' + n * (interval '365 days' / $1) as at from drawn
)
select n, account,
  ('x' || encode(substr(sha256(account::bytea), 1, 8), 'hex'))::bit(64)::bigint & 9223372036854775807 as account_id,
  'desk:i' || lpad((n * 7919 % 1000000007)::text, 10, '0') as source_key,
  date_trunc('second', at) as occurred_at, date_trunc('second', at) + r % 9000 * interval '1 second' as source_modified_at, false as deleted,
  case when r % 100 < 85 then 'email' else 'phone' end as channel,
  case when r % 2 = 0 then 'inbound' else 'outbound' end as direction,
  case when r % 100 < 85 then 'message' else 'call' end as kind,
  account || '/c' || h / 1000 % 3 as contact_key,
  case when r % 100 < 85 then 'desk:t' || n / 4 end as thread_key,
  null::text as project_key,
  case when r % 2 = 1 then 'desk:s' || r % 200 end as staff_key,
  null::text as owner_key,
  r % 50 = 0 as automatic, r % 70 = 0 as bulk, false as to_bot,
  case when r % 100 >= 85 then r % 7 > 0 end as connected,
  case when r % 100 >= 85 then (r % 1800)::integer end as duration_seconds,
  null::text as missed_reason, null::text as phone_number, null::integer as transfers,
  'Question ' || r % 1000 || ' about order ' || h % 100000 as subject
from placed
