-- How late deliveries are. Grain: a milestone due in the period. Output: the columns of observed. Inputs: the ledger's deliver and
-- deliver_current, milestone, account_zone, promised_calendars, business_day.
-- @variant: deliver, deliver_current (calendar days from the first date, or the one that stands, to acceptance, early ones negative; open
-- overdue ones go on), deliver_working, deliver_current_working (the same in working days of the calendar promised when the first date was
-- agreed, Monday to Friday without one: those after the date up to the day of acceptance), rebaselined (whether the date that stands is another than the first), late_ours (late through no proven fault of others).
-- Days are dates in the zone of the promised calendar. Not yet due means nothing yet, even where it is accepted: only early ones would be known.
with due as (
  select c.account_id, c.commitment_key, c.opened_at, m.name, c.owed_by, c.team_key, c.due_at, c.source_deleted, c.excused_reason, m.delay_cause, m.cause_evidence_key,
    case when c.fulfilled_at <= @as_of then c.fulfilled_at end as accepted_at, n.due_at as standing_due_at, z.zone
  from commitment c
  join account_zone z using (account_id)
  left join milestone m on m.account_id = c.account_id and m.source_key = c.commitment_key
  left join commitment n on @variant = 'rebaselined' and n.kind = 'deliver_current' and n.account_id = c.account_id and n.commitment_key = c.commitment_key
  where c.kind = case when @variant in ('deliver_current', 'deliver_current_working') then 'deliver_current' else 'deliver' end
    and c.due_at >= @from and c.due_at < @to and c.opened_at <= @as_of
),
slips as (
  select *, (due_at at time zone zone)::date as due_on, (coalesce(accepted_at, @as_of) at time zone zone)::date as until from due
),
calendars as (
  select a.account_id, k.* from (select distinct account_id from due where @variant in ('deliver_working', 'deliver_current_working')) a
  cross join lateral promised_calendars(a.account_id) k
),
worked as (
  select s.*, case
    when k.calendar_key is not null then sign(s.until - s.due_on) * (
      select count(*) from business_day b
      where b.calendar_key = k.calendar_key and b.is_open and b.day > least(s.due_on, s.until) and b.day <= greatest(s.due_on, s.until))
    else (
      -- Weekdays from a Monday up to each of the two, however far away: five a week, and those of the week begun.
      select sum(side * (5 * floor(n / 7.0) + least(n - 7 * floor(n / 7.0) + 1, 5)))
      from (values (1, s.until - date '2000-01-03'), (-1, s.due_on - date '2000-01-03')) v(side, n))
    end as working_days
  from slips s
  left join calendars k on k.account_id = s.account_id and k.from_at <= s.opened_at and s.opened_at < k.to_at
),
final as (
  select account_id, 'milestone' as fact, commitment_key as row_key, name as label, owed_by as staff_key, team_key, null::text as channel,
    due_at as counted_at,
    case @variant
      when 'rebaselined' then (standing_due_at <> due_at)::integer
      when 'late_ours' then (coalesce(accepted_at > due_at, true) and not (coalesce(delay_cause in ('customer', 'third_party'), false)
        and coalesce(trim(cause_evidence_key) <> '', false)))::integer
      when 'deliver_working' then working_days
      when 'deliver_current_working' then working_days
      else until - due_on
    end::numeric as amount,
    case when @variant in ('rebaselined', 'late_ours') then 1 end::numeric as base, null::text as currency,
    case when @variant not in ('rebaselined', 'late_ours') then accepted_at is not null end as finished,
    case
      when excused_reason is not null then excused_reason
      when source_deleted then 'deleted in the source'
      when due_at > @as_of then 'not due yet'
    end as excluded
  from worked
)
select * from final
