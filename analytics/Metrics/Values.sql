-- Figures, one row per group (@by: null for one row over all). Follows Scoped.sql. Hours are elapsed hours, null unless @with_durations; @zone is the reporting zone.
, grouped as (
  select s.*, case @by::text
      when 'team' then s.team_key
      when 'staff' then s.owed_by
      when 'account' then a.source_key
      when 'region' then a.region
      when 'segment' then a.segment
      when 'channel' then s.channel
      when 'month' then to_char(s.counted_at at time zone @zone, 'YYYY-MM')
    end as group_key
  from scoped s
  left join customer a on a.account_id = s.account_id
),
counts as (
  select group_key,
    count(*) filter (where status = 'kept') as kept,
    count(*) filter (where status = 'missed') as missed,
    count(*) filter (where status = 'pending') as pending,
    count(*) filter (where status = 'missed' and not answered) as never_answered,
    count(*) filter (where status <> 'excused' and answered) as answered,
    count(*) filter (where business_status = 'kept') as business_kept,
    count(*) filter (where business_status = 'missed') as business_missed,
    percentile_cont(0.5) within group (order by extract(epoch from fulfilled_at - opened_at) / 3600.0)
      filter (where @with_durations and status <> 'excused' and answered) as answered_median
  from grouped
  group by group_key
),
excluded as (
  select group_key, jsonb_object_agg(excused_reason, n) as reasons
  from (select group_key, excused_reason, count(*) as n from grouped where status = 'excused' group by 1, 2) r
  group by group_key
),
-- Kaplan-Meier: the unanswered are censored at the as-of time, not dropped.
waits as (
  select group_key, extract(epoch from case when answered then fulfilled_at else @as_of end - opened_at)::float8 / 3600 as hours,
    count(*) filter (where answered) as ended, count(*) as leaving
  from grouped
  where @with_durations and status <> 'excused'
  group by 1, 2
),
at_risk as (
  select *, sum(leaving) over (partition by group_key order by hours desc) as waiting from waits
),
survival as (
  -- The product of the shares that go on waiting; a step that leaves nobody waiting ends it at zero.
  select group_key, hours, ended, case
      when bool_or(ended = waiting) over upto then 0
      else exp(sum(case when ended = waiting then 0 else ln((waiting - ended) / waiting::float8) end) over upto)
    end as still_waiting
  from at_risk
  window upto as (partition by group_key order by hours)
),
quantiles as (
  select group_key,
    min(hours) filter (where ended > 0 and still_waiting <= 0.5 + 1e-9) as median_hours,
    min(hours) filter (where ended > 0 and still_waiting <= 0.1 + 1e-9) as p90_hours
  from survival
  group by group_key
)
select c.group_key,
  case @by::text
    when 'team' then (select t.name from team t where t.source_key = c.group_key)
    when 'staff' then (select p.name from staff p where p.source_key = c.group_key)
    when 'account' then (select a.name from customer a where a.source_key = c.group_key)
    else c.group_key
  end as group_name,
  c.kept, c.missed, c.pending, c.never_answered, c.answered, c.business_kept, c.business_missed, c.answered_median,
  q.median_hours, q.p90_hours, coalesce(e.reasons, '{}'::jsonb)::text as reasons
from counts c
-- As arrays: their nulls are equal, and unlike with “is not distinct from” ten thousand groups are matched by hashing.
left join excluded e on array[e.group_key] = array[c.group_key]
left join quantiles q on array[q.group_key] = array[c.group_key]
order by case when @by::text = 'month' then c.group_key end, c.kept + c.missed desc, c.group_key
