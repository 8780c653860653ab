-- How a commitment counts as of a moment; the same verdicts as Metrics/Scoped.sql gives.
-- In the cells are the open ones that have opened, pending or missed, and of the others those that time alone no longer changes.
-- The placeholder after from: rows of rollup_move, or of the ledger with a sign and as_of. Parameters: @zone, @counts_when_due (kinds).
-- Output: counted, one row per commitment.
with counted as (
  select sign, kind, date_trunc('month', case when kind = any (@counts_when_due) then due_at else opened_at end at time zone @zone)::date as month,
    team_key, owed_by, segment, region, excused_at is not null as excused, excused_reason as reason,
    fulfilled_at is not null as answered,
    coalesce(fulfilled_at <= due_at, false) as kept,
    fulfilled_at is null and due_at >= as_of as pending,
    case when due_next_business_day is not null then coalesce(fulfilled_at <= due_next_business_day, false) end as business_kept,
    fulfilled_at is null and due_next_business_day >= as_of as business_pending,
    -- Within 1 % of the middle of its bucket; see rollup_hours.
    ceil(ln(greatest(extract(epoch from fulfilled_at - opened_at)::float8, 1)) / ln(1.01 / 0.99::float8))::integer as bucket
  from {moves} m
  where case when fulfilled_at is null and excused_at is null then opened_at <= as_of else settles_at < as_of end
),
cells as (
  select kind, month, team_key, owed_by, segment, region,
    coalesce(sum(sign) filter (where kept), 0) as kept,
    coalesce(sum(sign) filter (where not kept and not pending), 0) as missed,
    coalesce(sum(sign) filter (where not answered and not pending), 0) as never_answered,
    coalesce(sum(sign) filter (where answered), 0) as answered,
    coalesce(sum(sign) filter (where business_kept), 0) as business_kept,
    coalesce(sum(sign) filter (where not business_kept and not business_pending), 0) as business_missed,
    coalesce(sum(sign) filter (where pending), 0) as pending
  from counted
  where not excused
  group by kind, month, team_key, owed_by, segment, region
),
reasons as (
  select kind, month, team_key, owed_by, segment, region, reason, sum(sign) as n
  from counted
  where excused
  group by kind, month, team_key, owed_by, segment, region, reason
),
hours as (
  select kind, month, team_key, bucket, sum(sign) as n
  from counted
  where not excused and answered
  group by kind, month, team_key, bucket
)
