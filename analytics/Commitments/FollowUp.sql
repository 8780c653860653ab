-- follow_up: nobody we spoke with is forgotten; silence that we let begin is ended by us within 30 days.
-- Grain: one row per contact and silence, identified by the last interaction before it. Output: the columns of obligation.
-- Inputs: dirty (account_id, since, contacts: whose interactions changed, null for anybody's), account, account_zone, contact, interaction, promise, and the ledger itself, which says which silences
-- lasted at `since`. What was said up to 32 days before `since` is looked at again: no silence that began earlier and is not in the ledger
-- can come to be owed by what happens from `since` on.
--
-- A silence begins at an interaction with a contact, in either direction, after which a week passes without another; until the week has
-- passed the latest one stands for it. It is due at the end of the 30th day in the promised calendar's zone and kept by our next outreach to
-- that contact, or by a promise to the contact recorded meanwhile: a dated next step. No silence begins while such a promise is open.
-- A customer who comes back in time has ended the silence without us: nothing is owed for it, and the next silence counts anew.
-- Nothing is owed to who must not be contacted, who left before the due time, or whose relationship ended before it.
with said as (
  -- The offset 0 keep these look-ups of each account's own, whatever else there is; so does the selected kind, which a plan cannot know.
  select i.* from dirty d
  cross join lateral (
    select * from interaction
    where account_id = d.account_id and occurred_at >= d.since - interval '32 days' and (d.contacts is null or contact_key = any (d.contacts)) offset 0) i
  union all
  -- Between the beginning of a silence that lasted and the 32 days nobody of ours reached the contact, so its beginning is enough.
  select i.*
  from dirty d
  cross join lateral (
    select * from commitment
    where account_id = d.account_id and kind = (select 'follow_up') and fixed_at >= d.since and opened_at < d.since - interval '32 days'
      and (d.contacts is null or contact_key = any (d.contacts)) offset 0) c
  cross join lateral (
    select * from interaction
    where account_id = c.account_id and source_key = c.commitment_key and occurred_at < d.since - interval '32 days' offset 0) i
),
steps as (
  select i.account_id, i.contact_key, i.source_key, i.occurred_at, i.thread_key, i.project_key, i.channel, i.owner_key, i.staff_key, i.deleted,
    is_outreach(i.direction, i.kind, i.automatic, i.bulk, i.connected, i.duration_seconds) is true as ours, false as is_promise
  from said i
  where i.contact_key is not null and not i.automatic and not i.bulk and not i.to_bot
    and (is_outreach(i.direction, i.kind, i.automatic, i.bulk, i.connected, i.duration_seconds)
      or (i.direction = 'inbound' and i.kind in ('message', 'call', 'voicemail')))
  union all
  select m.account_id, m.contact_key, m.source_key, m.occurred_at, null, null, null, null, m.owner_key, m.deleted, true, true
  from promise m join dirty d using (account_id)
  where m.contact_key is not null and (d.contacts is null or m.contact_key = any (d.contacts))
),
counted as (
  -- How many of ours came up to each one: the next of ours is the row of ours with one more.
  select *, lead(occurred_at) over following as next_at, count(*) filter (where ours) over following as ours_so_far
  from steps
  window following as (partition by account_id, contact_key order by occurred_at, source_key, is_promise rows unbounded preceding)
),
silences as (
  select * from counted where not is_promise and (next_at is null or next_at > occurred_at + interval '7 days')
),
own_contacts as (
  select c.* from dirty d cross join lateral (select * from contact where account_id = d.account_id offset 0) c
),
zones as materialized (
  select d.account_id, d.since, z.zone, a.closed_at from dirty d join account a using (account_id) join account_zone z using (account_id)
),
ended as materialized (
  -- Those that were over before `since` stay as they are.
  select s.*, n.occurred_at as ended_at, n.source_key as ended_by_key, n.staff_key as ended_by_staff, n.channel as ended_on,
    ((s.occurred_at at time zone z.zone)::date + 31)::timestamp at time zone z.zone as due_at, z.closed_at
  from silences s
  join zones z using (account_id)
  left join counted n on n.account_id = s.account_id and n.contact_key = s.contact_key and n.ours and n.ours_so_far = s.ours_so_far + 1
  where greatest(s.occurred_at, coalesce(n.occurred_at, 'infinity')) >= z.since
),
owed as (
  select e.*
  from ended e
  left join own_contacts c on c.account_id = e.account_id and c.source_key = e.contact_key
  where c.do_not_contact is not true
    -- Ended by us in time; or by nobody in time, and the contact was there to the end.
    and ((e.next_at = e.ended_at and e.ended_at <= e.due_at)
      or ((e.next_at is null or e.next_at > e.due_at) and least(c.left_at, e.closed_at, 'infinity') > e.due_at))
    and not exists (
      select from promise m
      where m.account_id = e.account_id and m.contact_key = e.contact_key
        and m.occurred_at <= e.occurred_at and e.occurred_at < m.due_at and e.occurred_at < coalesce(m.done_at, 'infinity'))
),
final as (
  select account_id, source_key as commitment_key, contact_key as party, contact_key, thread_key, project_key, channel, owner_key,
    occurred_at as opened_at, occurred_at as first_contact_at, due_at,
    ended_at as fulfilled_at, ended_by_key as fulfilled_by_key, ended_by_staff as fulfilled_by_staff, ended_on as fulfilled_channel,
    0 as reminders, deleted as source_deleted, null::text as outcome, null::numeric as amount, null::text as currency
  from owed
)
select * from final
