-- A figure from the roll-ups: what has settled, from the cells, and the few others, judged by the clock. Follows Metrics/Scoped.sql, whose
-- parameters it shares, without @account and @channel, which no cell knows. @from_month and @to_month: the period, in whole months.
-- Output: one row: kept, missed, pending, never_answered, answered, business_kept, business_missed, and the excused by reason as JSON.
, unsettled_rows as (
  select status, business_status, answered, excused_reason
  from scoped
  where settles_at >= (select settled_until from ledger_state)
),
unsettled as (
  select count(*) filter (where status = 'kept') as kept,
    count(*) filter (where status = 'missed') as missed,
    count(*) filter (where status = 'pending') as pending,
    count(*) filter (where status = 'missed' and not answered) as never_answered,
    count(*) filter (where status <> 'excused' and answered) as answered,
    count(*) filter (where business_status = 'kept') as business_kept,
    count(*) filter (where business_status = 'missed') as business_missed
  from unsettled_rows
),
settled as (
  select coalesce(sum(kept), 0)::bigint as kept, coalesce(sum(missed), 0)::bigint as missed,
    coalesce(sum(never_answered), 0)::bigint as never_answered, coalesce(sum(answered), 0)::bigint as answered,
    coalesce(sum(business_kept), 0)::bigint as business_kept, coalesce(sum(business_missed), 0)::bigint as business_missed
  from rollup
  where kind = @kind and month >= @from_month and month < @to_month
    and (@team::text is null or team_key = @team) and (@staff::text is null or owed_by = @staff)
    and (@region::text is null or region = @region) and (@segment::text is null or segment = @segment)
    and (@viewer_teams::text[] is null or team_key = any (@viewer_teams)) and (@viewer_staff::text is null or owed_by = @viewer_staff)
),
excused as (
  select reason, n
  from rollup_excused
  where kind = @kind and month >= @from_month and month < @to_month
    and (@team::text is null or team_key = @team) and (@staff::text is null or owed_by = @staff)
    and (@region::text is null or region = @region) and (@segment::text is null or segment = @segment)
    and (@viewer_teams::text[] is null or team_key = any (@viewer_teams)) and (@viewer_staff::text is null or owed_by = @viewer_staff)
  union all
  select excused_reason, 1
  from unsettled_rows
  where status = 'excused'
),
reasons as (
  select coalesce(jsonb_object_agg(reason, n), '{}'::jsonb) as reasons
  from (select coalesce(reason, 'no reason given') as reason, sum(n) as n from excused group by 1) r
)
select s.kept + u.kept, s.missed + u.missed, u.pending, s.never_answered + u.never_answered, s.answered + u.answered,
  s.business_kept + u.business_kept, s.business_missed + u.business_missed, x.reasons::text
from settled s cross join unsettled u cross join reasons x
