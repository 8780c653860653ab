-- promise: what one of us promised is done by the moment promised.
-- Grain: one row per confirmed promise. Output: the columns of obligation. Inputs: dirty (account_id), promise; promised_calendars and
-- business_day for the working day, by the calendar promised when it was given. Always the whole account.
--
-- Opens when given, due at its own moment, fulfilled when done. A promise nobody confirmed may be a machine's guess and does not count.
-- Outcome: 'beaten' when done at least a working day early, that is by the same time of the next open day of the promised calendar
-- it would still have been in time (without a calendar: 24 hours early); 'kept'; 'broken' when done late; null while it is open.
-- 'moved' takes it out of the rate: a new date was agreed and acknowledged by the customer before the old one passed and before it was
-- done, and the promise that took its place counts in turn. Any other change of date leaves it owed.
with calendars as (
  select d.account_id, c.* from dirty d cross join lateral promised_calendars(d.account_id) c
),
given as (
  select p.*, c.time_zone, c.calendar_key,
    case when n.source_key is not null then greatest(p.renegotiated_at, p.acknowledged_at) end as agreed_at
  from promise p
  join calendars c on c.account_id = p.account_id and c.from_at <= p.occurred_at and p.occurred_at < c.to_at
  left join promise n on n.account_id = p.account_id and n.source_key = p.replaced_by_key and n.source_key <> p.source_key
    and n.confirmed_by_key is not null and p.renegotiated_at is not null and p.acknowledged_at is not null
  where p.confirmed_by_key is not null
),
judged as (
  select g.*,
    coalesce(g.agreed_at <= g.due_at and (g.done_at is null or g.done_at > g.agreed_at), false) as moved,
    coalesce((b.next_open_day + (g.done_at at time zone g.time_zone)::time) at time zone g.time_zone, g.done_at + interval '24 hours') as a_day_later
  from given g
  left join business_day b on b.calendar_key = g.calendar_key and b.day = (g.done_at at time zone g.time_zone)::date
),
final as (
  select account_id, source_key as commitment_key, coalesce(contact_key, '') as party, contact_key, null::text as thread_key, project_key,
    null::text as channel, owner_key, occurred_at as opened_at, occurred_at as first_contact_at, due_at,
    done_at as fulfilled_at, null::text as fulfilled_by_key, null::text as fulfilled_by_staff, null::text as fulfilled_channel,
    0 as reminders, deleted as source_deleted,
    case when moved then 'moved' when a_day_later <= due_at then 'beaten' when done_at <= due_at then 'kept' when done_at > due_at then 'broken' end as outcome,
    null::numeric as amount, null::text as currency,
    case when moved then agreed_at end as excused_at, case when moved then 'moved with the customer''s agreement' end as excused_reason,
    case when moved then owner_key end as excused_by
  from judged
)
select * from final
