-- The systems whose webhooks are taken, with what came of them. Grain: one row per source. $1: now.
-- Counts are deliveries and rows; the previous secret is null once it is no longer good.
select s.name, s.mapping, s.scheme, s.address, s.secret, case when s.previous_until > $1 then s.previous_secret end as previous_secret,
  s.created_at, s.rotated_at, d.last_at, d.deliveries, b.read, b.taken, b.rejected
from hook_source s
cross join lateral (
  select count(*) as deliveries, max(received_at) as last_at from delivery where sender = 'hook:' || s.name
) d
cross join lateral (
  select coalesce(sum(read), 0)::bigint as read, coalesce(sum(added + changed), 0)::bigint as taken, coalesce(sum(rejected), 0)::bigint as rejected
  from batch where source = 'hook:' || s.name and source <> 'file'
) b
order by s.name
