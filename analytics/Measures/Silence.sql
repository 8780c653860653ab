-- How long customers with a communication plan heard nothing at most. Grain: a tier of an account with a plan in the period, shown by the
-- plan in force when its longest silence of the period began. Output: the columns of observed, amount in days.
-- Inputs: communication_plan, communication_pause, account, contact, interaction.
-- A silence begins with the plan, with our outreach to a contact of the tier, or where silence asked for in writing ends; the next outreach
-- ends it. The end of the plan, of the relationship or of the period, silence asked for, and the time of asking cut it off unfinished. One that
-- began before the period counts from its beginning. A plan that takes over from another one without a gap goes on with its silence.
with plans as (
  select p.account_id, p.source_key, p.tier, p.occurred_at as from_at,
    coalesce(least(p.ended_at, a.closed_at, lead(p.occurred_at) over (partition by p.account_id, p.tier order by p.occurred_at, p.source_key)), 'infinity') as to_at
  from communication_plan p
  join account a using (account_id)
  where p.interval_days > 0 and not p.deleted
),
pauses as (
  select p.account_id, p.tier, greatest(s.occurred_at, p.from_at) as from_at, least(s.ended_at, p.to_at) as to_at
  from plans p
  join communication_pause s on s.account_id = p.account_id and s.plan_key = p.source_key and not s.deleted
  where s.occurred_at < p.to_at and coalesce(s.ended_at, 'infinity') > p.from_at
),
edges as (
  select *, lag(to_at) over chain as left_at, lead(from_at) over chain as taken_at
  from plans
  where from_at < to_at
  window chain as (partition by account_id, tier order by from_at, source_key)
),
steps as (
  -- At one and the same instant what begins a silence comes before what cuts it off.
  select account_id, tier, from_at as at, 1 as step from edges where left_at is null or left_at < from_at
  union all
  select account_id, tier, to_at, 3 from edges where (taken_at is null or taken_at > to_at) and to_at < 'infinity'
  union all
  select account_id, tier, to_at, 1 from pauses where to_at < 'infinity'
  union all
  select account_id, tier, from_at, 3 from pauses
  union all
  select p.account_id, p.tier, i.occurred_at, 2
  from plans p
  join interaction i on i.account_id = p.account_id and i.occurred_at >= p.from_at and i.occurred_at < p.to_at and not i.deleted
    and is_outreach(i.direction, i.kind, i.automatic, i.bulk, i.connected, i.duration_seconds)
  join contact c on c.account_id = i.account_id and c.source_key = i.contact_key and c.tier = p.tier
    and (c.left_at is null or i.occurred_at < c.left_at)
),
heard as (
  select * from steps s
  where at <= @as_of and not exists (
    select from pauses p
    where p.account_id = s.account_id and p.tier = s.tier and p.from_at < s.at and s.at < coalesce(p.to_at, 'infinity'))
),
silences as (
  select *, lead(at) over following as next_at, lead(step) over following as next_step
  from heard
  window following as (partition by account_id, tier order by at, step)
),
measured as (
  select account_id, tier, at, least(next_at, @to, @as_of) as until, coalesce(next_step = 2 and next_at < @to, false) as finished
  from silences
  where step <> 3 and at < least(@to, @as_of) and coalesce(next_at, 'infinity') > greatest(@from, at)
),
longest as (
  select distinct on (account_id, tier) *
  from measured
  order by account_id, tier, until - at desc, at
),
final as (
  select l.account_id, 'communication_plan' as fact, p.source_key as row_key, l.tier as label, null::text as staff_key, null::text as team_key,
    null::text as channel, greatest(l.at, @from) as counted_at, extract(epoch from l.until - l.at) / 86400 as amount, null::numeric as base,
    null::text as currency, l.finished, null::text as excluded
  from longest l
  join plans p on p.account_id = l.account_id and p.tier = l.tier and p.from_at <= l.at and l.at < p.to_at
)
select * from final
