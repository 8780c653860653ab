-- A figure from the roll-ups: the cells as of the moment until which the ledger has settled, the few commitments that have changed since
-- by the clock alone, and those of the days at the period's ends that make no whole month. Follows Metrics/Scoped.sql, whose parameters it shares, without @account and @channel, which no cell knows.
-- @from_month and @to_month: the whole months in the period; @months_from and @months_to: when they begin and end. The placeholder: whether
-- there are days besides.
-- @by: null for one row over all, or what has cells: team, staff, region, segment, month; @zone is the reporting zone.
-- Output: the columns of Metrics/Values.sql, durations null; one row per group, none when nothing is asked about.
, moment as materialized (
  -- To start a worker takes longer than the whole answer, and a plan that cannot know how few rows have changed would; none may where a
  -- setting is written, which nothing reads.
  select settled_until from ledger_state where set_config('followthrough.alone', 'yes', true) is not null
),
changing as (
  -- In the cells are also the open ones: of these only who opened or fell due since, judged anew and taken out as they stand there.
  select status, business_status, answered, excused_reason, team_key, owed_by, region, segment,
    date_trunc('month', counted_at at time zone @zone)::date as month,
    is_open and opened_at <= (select settled_until from moment) and counted_at >= @months_from and counted_at < @months_to as in_cells,
    due_at < (select settled_until from moment) as was_missed,
    coalesce(due_next_business_day < (select settled_until from moment), false) as was_business_missed
  from (select *, fulfilled_at is null and excused_at is null as is_open from scoped) s
  -- The upper bound excludes nothing; it tells the plan that these are few.
  where ((fulfilled_at is not null or excused_at is not null) and settles_at between (select settled_until from moment) and 'infinity')
    or (fulfilled_at is null and excused_at is null and opened_at >= (select settled_until from moment) and opened_at <= @as_of)
    or (fulfilled_at is null and excused_at is null and due_at >= (select settled_until from moment) and due_at < @as_of)
    or (fulfilled_at is null and excused_at is null
      and due_next_business_day >= (select settled_until from moment) and due_next_business_day < @as_of)
    {rest}
),
counted as (
  select team_key, owed_by, region, segment, month, kept, missed, pending, never_answered, answered, business_kept, business_missed,
    null::text as reason, 0::bigint as excused
  from rollup
  where kind = @kind and month >= @from_month and month < @to_month
    and (@team::text is null or team_key = @team) and (@staff::text is null or owed_by = @staff)
    and (@region::text is null or region = @region) and (@segment::text is null or segment = @segment)
    and (@viewer_teams::text[] is null or team_key = any (@viewer_teams)) and (@viewer_staff::text is null or owed_by = @viewer_staff)
  union all
  select team_key, owed_by, region, segment, month, 0, 0, 0, 0, 0, 0, 0, reason, n
  from rollup_excused
  where kind = @kind and month >= @from_month and month < @to_month
    and (@team::text is null or team_key = @team) and (@staff::text is null or owed_by = @staff)
    and (@region::text is null or region = @region) and (@segment::text is null or segment = @segment)
    and (@viewer_teams::text[] is null or team_key = any (@viewer_teams)) and (@viewer_staff::text is null or owed_by = @viewer_staff)
  union all
  select team_key, owed_by, region, segment, month,
    count(*) filter (where status = 'kept'),
    count(*) filter (where status = 'missed') - count(*) filter (where in_cells and was_missed),
    count(*) filter (where status = 'pending') - count(*) filter (where in_cells and not was_missed),
    count(*) filter (where status = 'missed' and not answered) - count(*) filter (where in_cells and was_missed),
    count(*) filter (where status <> 'excused' and answered),
    count(*) filter (where business_status = 'kept'),
    count(*) filter (where business_status = 'missed') - count(*) filter (where in_cells and was_business_missed),
    case when status = 'excused' then excused_reason end, count(*) filter (where status = 'excused')
  from changing
  group by 1, 2, 3, 4, 5, 13
),
grouped as (
  select *, case @by::text
      when 'team' then team_key
      when 'staff' then owed_by
      when 'region' then region
      when 'segment' then segment
      when 'month' then to_char(month, 'YYYY-MM')
    end as group_key
  from counted
),
sums as (
  select group_key, sum(kept)::bigint as kept, sum(missed)::bigint as missed, sum(pending)::bigint as pending,
    sum(never_answered)::bigint as never_answered, sum(answered)::bigint as answered,
    sum(business_kept)::bigint as business_kept, sum(business_missed)::bigint as business_missed, sum(excused) > 0 as has_excused
  from grouped
  group by group_key
),
reasons as (
  select group_key, jsonb_object_agg(reason, n) as reasons
  from (select group_key, coalesce(reason, 'no reason given') as reason, sum(excused) as n from grouped where excused > 0 group by 1, 2) r
  group by group_key
)
select s.group_key,
  case @by::text
    when 'team' then (select t.name from team t where t.source_key = s.group_key)
    when 'staff' then (select p.name from staff p where p.source_key = s.group_key)
    else s.group_key
  end as group_name,
  s.kept, s.missed, s.pending, s.never_answered, s.answered, s.business_kept, s.business_missed,
  null::float8 as answered_median, null::float8 as median_hours, null::float8 as p90_hours, coalesce(r.reasons, '{}'::jsonb)::text as reasons
from sums s
-- As arrays: their nulls are equal, and unlike with “is not distinct from” ten thousand groups are matched by hashing.
left join reasons r on s.has_excused and array[r.group_key] = array[s.group_key]
order by case when @by::text = 'month' then s.group_key end, s.kept + s.missed desc, s.group_key
