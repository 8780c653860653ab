-- phone_first: bad news is spoken before it is read. Who gets a long delay in writing is called or met as well.
-- Grain: one row per written notice. Output: the columns of obligation.
-- Inputs: dirty, promised_calendars, business_day, project, milestone, milestone_baseline, milestone_forecast, interaction.
-- Recomputes the whole account.
--
-- The delay is long when a forecast lies more than the agreed number of working days (policy below) past the date then agreed with the
-- customer; working days are those of the calendar promised at the forecast, else Monday to Friday. The notice is our first message about the project
-- since that forecast. Kept by a talk about the project, or with the person written to, between the forecast and 4 hours of elapsed time
-- after the notice; a talk before the notice counts at the notice. One notice of several delays is owed one talk.
with policy as (
  select 5 as working_days, interval '4 hours' as time_to_call
),
versions as (
  -- A version recorded twice counts once: what was not deleted, then the later record.
  select distinct on (b.account_id, b.milestone_key, b.version) b.*
  from milestone_baseline b
  join dirty d using (account_id)
  order by b.account_id, b.milestone_key, b.version, b.deleted, b.occurred_at desc, b.source_key
),
baselines as (
  -- The first is agreed when it is recorded, every other when the customer has acknowledged it.
  select *, case when version = min(version) over (partition by account_id, milestone_key) then occurred_at
      when acknowledged_at is not null then greatest(occurred_at, acknowledged_at) end as agreed_at
  from versions
),
dates as (
  select *, lead(agreed_at) over (partition by account_id, milestone_key order by agreed_at, version) as replaced_at
  from baselines
  where agreed_at is not null
),
calendars as (
  select d.account_id, c.* from dirty d cross join lateral promised_calendars(d.account_id) c
),
long_delays as (
  select distinct on (a.account_id, a.milestone_key, a.version) a.account_id, a.milestone_key, a.version, f.occurred_at as known_since,
    m.project_key, m.deleted, least(m.accepted_at, m.cancelled_at) as over_at
  from dates a
  cross join policy
  join milestone m on m.account_id = a.account_id and m.source_key = a.milestone_key
  join milestone_forecast f on f.account_id = a.account_id and f.milestone_key = a.milestone_key and f.forecast_on > a.due_on + policy.working_days
    and f.occurred_at >= a.agreed_at and (a.replaced_at is null or f.occurred_at < a.replaced_at)
  join calendars c on c.account_id = a.account_id and c.from_at <= f.occurred_at and f.occurred_at < c.to_at
  cross join lateral (
    select case
      when c.calendar_key is not null then
        (select count(*) from business_day b where b.calendar_key = c.calendar_key and b.is_open and b.day > a.due_on and b.day <= f.forecast_on)
      else
        -- A year decides it; a date in the year 9999 is not walked to.
        (select count(*) from generate_series(a.due_on + 1, least(f.forecast_on, a.due_on + 366), interval '1 day') g where extract(isodow from g) < 6)
    end as working_days
  ) delay
  where delay.working_days > policy.working_days
  order by a.account_id, a.milestone_key, a.version, f.occurred_at, f.source_key
),
written as (
  select distinct on (l.account_id, l.milestone_key, l.version) l.account_id, l.known_since, l.project_key, l.deleted,
    i.source_key, i.occurred_at, i.contact_key, i.thread_key, i.channel
  from long_delays l
  join interaction i on i.account_id = l.account_id and i.project_key = l.project_key and i.occurred_at >= l.known_since
    and i.direction = 'outbound' and i.kind = 'message' and not i.automatic and not i.bulk
  where l.over_at is null or i.occurred_at < l.over_at
  order by l.account_id, l.milestone_key, l.version, i.occurred_at, i.source_key
),
notices as (
  select distinct on (account_id, source_key) * from written order by account_id, source_key, known_since, deleted
),
talks as (
  select distinct on (n.account_id, n.source_key) n.*, t.source_key as talk_key, t.occurred_at as talked_at, t.staff_key, t.channel as talked_on
  from notices n
  left join interaction t on t.account_id = n.account_id and t.occurred_at >= n.known_since
    and is_talk(t.direction, t.kind, t.automatic, t.bulk, t.connected, t.duration_seconds)
    and (t.project_key = n.project_key or (t.project_key is null and t.contact_key = n.contact_key))
  order by n.account_id, n.source_key, t.occurred_at, t.source_key
),
final as (
  select t.account_id, t.source_key as commitment_key, coalesce(t.contact_key, '') as party, t.contact_key, t.thread_key, t.project_key, t.channel,
    p.manager_key as owner_key, t.occurred_at as opened_at, t.occurred_at as first_contact_at, t.occurred_at + policy.time_to_call as due_at,
    case when t.talked_at is not null then greatest(t.talked_at, t.occurred_at) end as fulfilled_at, t.talk_key as fulfilled_by_key,
    t.staff_key as fulfilled_by_staff, t.talked_on as fulfilled_channel,
    0 as reminders, t.deleted as source_deleted, null::text as outcome, null::numeric as amount, null::text as currency
  from talks t
  cross join policy
  left join project p on p.account_id = t.account_id and p.source_key = t.project_key
)
select * from final
