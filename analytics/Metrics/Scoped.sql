-- The one predicate: which commitments a question is about, and where each stands at the as-of time.
-- Every figure, list, drill and export begins with it. Output: scoped, one row per commitment.
-- An empty team, person, region or segment asks for what has none.
-- Parameters: @kind, @from and @to (counted_at in [from, to)), @counts_when_due, @only_matured, @team, @staff, @account, @region, @segment, @channel (null for all),
-- @viewer_teams, @viewer_staff (the viewer's limits, null for none), @as_of.
with asked as (
  select c.*,
    case when @counts_when_due then c.due_at else c.opened_at end as counted_at,
    c.fulfilled_at is not null and c.fulfilled_at <= @as_of as answered
  from commitment c
  where c.kind = @kind
    and case when @counts_when_due then c.due_at else c.opened_at end >= @from
    and case when @counts_when_due then c.due_at else c.opened_at end < @to
    and c.opened_at <= @as_of
    and (@team::text is null or c.team_key = @team or (@team = '' and c.team_key is null))
    and (@staff::text is null or c.owed_by = @staff or (@staff = '' and c.owed_by is null))
    and (@account::bigint is null or c.account_id = @account)
    and (@channel::text is null or c.channel = @channel)
    and ((@region::text is null and @segment::text is null) or c.account_id in (
      select account_id from customer where (@region is null or coalesce(region, '') = @region) and (@segment is null or coalesce(segment, '') = @segment)))
    and (@viewer_teams::text[] is null or c.team_key = any (@viewer_teams))
    and (@viewer_staff::text is null or c.owed_by = @viewer_staff)
),
judged as (
  select a.*,
    case
      when a.excused_at <= @as_of then 'excused'
      when @only_matured and a.due_at > @as_of then 'pending'
      when a.answered then case when a.fulfilled_at <= a.due_at then 'kept' else 'missed' end
      when a.due_at < @as_of then 'missed'
      else 'pending'
    end as status,
    case
      when a.excused_at <= @as_of or a.due_next_business_day is null then null
      when a.answered then case when a.fulfilled_at <= a.due_next_business_day then 'kept' else 'missed' end
      when a.due_next_business_day < @as_of then 'missed'
      else 'pending'
    end as business_status
  from asked a
),
scoped as (
  -- What ended without being fulfilled (the customer got through by calling again) keeps nobody waiting.
  select j.*, j.status in ('pending', 'missed') and not j.answered and j.outcome is null as waiting
  from judged j
)
