-- The rows a question about a measure is about. Follows the measure's statement as `with … observed as (…)`.
-- observed: account_id, fact, row_key, label, staff_key, team_key, channel, counted_at, amount, base, currency, finished, excluded.
-- Output: scoped, one row per observation. Where an observation names nobody, the account's owner at counted_at is responsible, and
-- the team is the responsible person's then; an empty staff_key says that the team may be named, but no person.
-- An empty team, person, region or segment asks for what has none.
-- Parameters: @attribute (whether anything asks for people; finding them costs), @team, @staff, @account, @region, @segment, @channel (null for all), @viewer_teams, @viewer_staff (the viewer's limits, null for none).
, owners as (
  select account_id, staff_key, occurred_at as from_at,
    least(ended_at, lead(occurred_at) over (partition by account_id order by occurred_at, source_key)) as to_at
  from account_assignment
  where @attribute and role = 'owner' and not deleted
),
memberships as (
  select staff_key, team_key, occurred_at as from_at,
    least(ended_at, lead(occurred_at) over (partition by staff_key order by occurred_at, source_key)) as to_at
  from team_membership
  where @attribute and not deleted
),
responsible as (
  select o.account_id, o.fact, o.row_key, o.label, coalesce(nullif(o.staff_key, ''), w.staff_key) as staff_key,
    coalesce(o.staff_key = '', false) as unnamed, o.team_key, o.channel, o.counted_at,
    -- Quotients have no last digit; ten decimals are finer than any source, and rows and figure then rest on the same numbers.
    round(o.amount, 10) as amount, round(o.base, 10) as base, o.currency, o.finished, o.excluded
  from observed o
  left join owners w on @attribute and nullif(o.staff_key, '') is null and w.account_id = o.account_id
    and w.from_at <= o.counted_at and (w.to_at is null or o.counted_at < w.to_at)
),
scoped as (
  select r.account_id, r.fact, r.row_key, r.label, case when not r.unnamed then r.staff_key end as staff_key,
    coalesce(r.team_key, m.team_key) as team_key, r.channel, r.counted_at, r.amount, r.base, r.currency, r.finished, r.excluded, a.source_key as account, a.name as account_name, a.region, a.segment
  from responsible r
  join customer a using (account_id)
  left join memberships m on @attribute and r.team_key is null and m.staff_key = r.staff_key
    and m.from_at <= r.counted_at and (m.to_at is null or r.counted_at < m.to_at)
  where (@account::bigint is null or r.account_id = @account)
    and (@region::text is null or coalesce(a.region, '') = @region)
    and (@segment::text is null or coalesce(a.segment, '') = @segment)
    and (@channel::text is null or r.channel = @channel)
    and (@staff::text is null or coalesce(case when not r.unnamed then r.staff_key end, '') = @staff)
    and (@viewer_staff::text is null or (r.staff_key = @viewer_staff and not r.unnamed))
    and (@team::text is null or coalesce(r.team_key, m.team_key, '') = @team)
    and (@viewer_teams::text[] is null or coalesce(r.team_key, m.team_key) = any (@viewer_teams))
)
