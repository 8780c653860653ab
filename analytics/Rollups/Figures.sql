-- A figure from the roll-ups: the cells as of the moment until which the ledger has settled, and the few commitments that have changed
-- since by the clock alone. Follows Metrics/Scoped.sql, whose parameters it shares, without @account and @channel, which no cell knows.
-- @from_month and @to_month: the period, in whole months.
-- Output: one row: kept, missed, pending, never_answered, answered, business_kept, business_missed, and the excused by reason as JSON.
, moment as materialized (
  select settled_until from ledger_state
),
changing as (
  -- In the cells are also the open ones: of these only who opened or fell due since, judged anew and taken out as they stand there.
  select status, business_status, answered, excused_reason,
    is_open and opened_at <= (select settled_until from moment) as in_cells,
    due_at < (select settled_until from moment) as was_missed,
    coalesce(due_next_business_day < (select settled_until from moment), false) as was_business_missed
  from (select *, fulfilled_at is null and excused_at is null as is_open from scoped) s
  -- The upper bound excludes nothing; it tells the plan that these are few.
  where ((fulfilled_at is not null or excused_at is not null) and settles_at between (select settled_until from moment) and 'infinity')
    or (fulfilled_at is null and excused_at is null and opened_at >= (select settled_until from moment) and opened_at <= @as_of)
    or (fulfilled_at is null and excused_at is null and due_at >= (select settled_until from moment) and due_at < @as_of)
    or (fulfilled_at is null and excused_at is null
      and due_next_business_day >= (select settled_until from moment) and due_next_business_day < @as_of)
),
changed as (
  select count(*) filter (where status = 'kept') as kept,
    count(*) filter (where status = 'missed') - count(*) filter (where in_cells and was_missed) as missed,
    count(*) filter (where status = 'pending') - count(*) filter (where in_cells and not was_missed) as pending,
    count(*) filter (where status = 'missed' and not answered) - count(*) filter (where in_cells and was_missed) as never_answered,
    count(*) filter (where status <> 'excused' and answered) as answered,
    count(*) filter (where business_status = 'kept') as business_kept,
    count(*) filter (where business_status = 'missed') - count(*) filter (where in_cells and was_business_missed) as business_missed
  from changing
),
cells as (
  select coalesce(sum(kept), 0)::bigint as kept, coalesce(sum(missed), 0)::bigint as missed, coalesce(sum(pending), 0)::bigint as pending,
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
  from changing
  where status = 'excused'
),
reasons as (
  select coalesce(jsonb_object_agg(reason, n), '{}'::jsonb) as reasons
  from (select coalesce(reason, 'no reason given') as reason, sum(n) as n from excused group by 1) r
)
select s.kept + u.kept, s.missed + u.missed, s.pending + u.pending, s.never_answered + u.never_answered, s.answered + u.answered,
  s.business_kept + u.business_kept, s.business_missed + u.business_missed, x.reasons::text
from cells s cross join changed u cross join reasons x
