-- call_back: whoever called and reached nobody is called back within a business hour.
-- Grain: one row per episode of missed calls, keyed by its first, and one per call that cannot be returned. Output: the columns of
-- obligation. Inputs: dirty (account_id, since), interaction, contact, and the ledger itself, which says which episodes were open at `since`;
-- promised_calendars and open_interval for the hour. Goes back from `since` to where those episodes begin.
--
-- An episode belongs to a number, else to the contact, else to the account; a known contact's number is that of the contact. It opens at
-- the end of the first missed call or voicemail, further missed calls join it (reminders), and the first of these ends it:
--   reached             our call, connected for 20 seconds or more, to that number or contact, or to an executive or manager of the account
--   answered_otherwise  our message or meeting on the channel the contact asked for
--   attempted           a voicemail we left
--   customer_recovered  the customer called again and got through: the episode is over, and not by us, so it stays unfulfilled
-- Due one open hour later by the calendar promised when it opened; without one the hour is elapsed time.
-- Calls hung up within seconds, blocked or from a withheld number cannot be returned: excluded with the reason.
-- Everything up to an instant follows from contacts up to it, as a refresh from `since` requires: a contact seen with a number later
-- does not link them for the time before.
with party_from as (
  -- Episodes that `since` falls into or that come after it are replaced: go back to where they begin.
  select d.account_id, c.party, min(c.first_contact_at) as from_at, min(c.first_contact_at) filter (where c.opened_at >= d.since) as ends_from
  from dirty d cross join lateral (
    -- The offset 0 here and below keep look-ups each account's own, whatever else there is; so does the selected kind, which a plan cannot know.
    select * from commitment where account_id = d.account_id and kind = (select 'call_back') and fixed_at >= d.since offset 0) c
  group by d.account_id, c.party
),
at_stake as (
  -- Accounts with such episodes, or in which one may have begun. What had opened before `since` has no ending before it, so endings are
  -- looked for from `since`, or from a call that was still in the queue then.
  select d.account_id, d.since, least(d.since, p.ends_from) as ends_from
  from dirty d left join (select account_id, min(ends_from) as ends_from from party_from group by account_id) p using (account_id)
  where p.account_id is not null or exists (
    select from interaction i
    where i.account_id = d.account_id and i.occurred_at >= d.since and i.direction = 'inbound' and i.kind in ('call', 'voicemail'))
),
calendars as (
  select d.account_id, c.* from at_stake d cross join lateral promised_calendars(d.account_id) c
),
own_contacts as materialized (
  select c.*, nullif(regexp_replace(c.phone, '^\s*00|[^0-9]', '', 'g'), '') as number
  from at_stake a cross join lateral (select * from contact where account_id = a.account_id offset 0) c
),
heard as (
  select a.since, i.* from at_stake a
  cross join lateral (select * from interaction where account_id = a.account_id and occurred_at >= a.ends_from offset 0) i
  union all
  -- Of what was before, the calls that began these episodes or joined them, and which contacts called from which number.
  select a.since, i.* from at_stake a
  cross join lateral (
    select * from interaction
    where account_id = a.account_id and occurred_at < a.ends_from and direction = 'inbound' and kind in ('call', 'voicemail') offset 0) i
),
contacts as (
  select i.account_id, i.since, i.source_key, i.occurred_at, i.occurred_at + make_interval(secs => coalesce(i.duration_seconds, 0)) as ended_at,
    i.kind, i.channel, i.contact_key, i.project_key, i.staff_key, i.owner_key, i.missed_reason, i.deleted,
    coalesce(
      nullif(regexp_replace(i.phone_number, '^\s*00|[^0-9]', '', 'g'), ''), c.number, i.contact_key, '') as party,
    coalesce(c.tier in ('executive', 'management'), false) as can_act,
    case
      when i.automatic or i.bulk or i.to_bot then null
      when i.direction = 'inbound' and i.kind = 'voicemail' then 'missed'
      when i.direction = 'inbound' and i.kind = 'call' and i.connected then 'customer_recovered'
      when i.direction = 'inbound' and i.kind = 'call' and i.missed_reason in ('short_abandoned', 'blocked', 'number_withheld') then 'unreturnable'
      when i.direction = 'inbound' and i.kind = 'call' then 'missed'
      when i.direction = 'outbound' and i.kind = 'call' and i.connected and i.duration_seconds >= 20 then 'reached'
      when i.direction = 'outbound' and i.kind = 'voicemail' then 'attempted'
      when i.direction = 'outbound' and i.kind in ('message', 'meeting') and i.channel = c.preferred_channel then 'answered_otherwise'
    end as role
  from heard i
  left join own_contacts c on c.account_id = i.account_id and c.source_key = i.contact_key
),
callers as (
  select account_id, party, contact_key, min(occurred_at) as first_at
  from contacts
  where role = 'missed'
  group by account_id, party, contact_key
),
endings as (
  select distinct m.account_id, c.since, m.party, c.source_key, c.occurred_at, c.role, c.staff_key, c.channel
  from contacts c
  join callers m on m.account_id = c.account_id and m.first_at <= c.occurred_at
    and (m.party = c.party or m.contact_key = c.contact_key or (c.role = 'reached' and c.can_act))
  where c.role in ('reached', 'answered_otherwise', 'attempted', 'customer_recovered')
),
steps as (
  select s.*
  from (
    select account_id, since, party, source_key, occurred_at, role, kind, staff_key, channel from contacts where role = 'missed'
    union all
    select account_id, since, party, source_key, occurred_at, role, null, staff_key, channel from endings
  ) s
  left join party_from p using (account_id, party)
  where s.occurred_at >= least(p.from_at, s.since)
),
islands as (
  -- At one and the same instant the call comes before its return.
  select *, count(*) filter (where role <> 'missed') over (
    partition by account_id, party order by occurred_at, role <> 'missed', source_key
    rows between unbounded preceding and 1 preceding) as island
  from steps
),
in_island as (
  -- The ending, where there is one, is the last of its island.
  select *,
    row_number() over island as place,
    count(*) filter (where role = 'missed' and kind = 'call') over island_whole as calls,
    last_value(case when role <> 'missed' then role end) over island_whole as outcome,
    last_value(case when role <> 'missed' then occurred_at end) over island_whole as ended_at,
    last_value(case when role <> 'missed' then source_key end) over island_whole as ended_by_key,
    last_value(case when role <> 'missed' then staff_key end) over island_whole as ended_by_staff,
    last_value(case when role <> 'missed' then channel end) over island_whole as ended_channel
  from islands
  window island as (partition by account_id, party, island order by occurred_at, role <> 'missed', source_key),
    island_whole as (partition by account_id, party, island order by occurred_at, role <> 'missed', source_key
      rows between unbounded preceding and unbounded following)
),
episodes as (
  select account_id, party, source_key, outcome, ended_at, ended_by_key, ended_by_staff, ended_channel,
    calls - case when kind = 'call' then 1 else 0 end as reminders, null::text as excused_reason
  from in_island
  where role = 'missed' and place = 1
  union all
  select account_id, party, source_key, null, null, null, null, null, 0,
    case missed_reason when 'short_abandoned' then 'hung up within seconds' when 'blocked' then 'blocked number' else 'withheld number' end
  from contacts
  where role = 'unreturnable' and ended_at >= since
),
opened as (
  select e.*, c.contact_key, c.project_key, c.owner_key, c.occurred_at as first_contact_at, c.ended_at as opened_at, c.deleted,
    e.outcome <> 'customer_recovered' as returned, k.calendar_key
  from episodes e
  join contacts c on c.account_id = e.account_id and c.source_key = e.source_key
  join calendars k on k.account_id = e.account_id and k.from_at <= c.ended_at and c.ended_at < k.to_at
),
final as (
  select account_id, source_key as commitment_key, party, contact_key, null::text as thread_key, project_key, 'phone' as channel, owner_key,
    opened_at, first_contact_at, coalesce(b.due_at, opened_at + interval '1 hour') as due_at,
    -- We may have got through while the call was still in the queue.
    case when returned then greatest(ended_at, opened_at) end as fulfilled_at, case when returned then ended_by_key end as fulfilled_by_key,
    case when returned then ended_by_staff end as fulfilled_by_staff, case when returned then ended_channel end as fulfilled_channel,
    reminders, deleted as source_deleted, outcome, null::numeric as amount, null::text as currency,
    case when excused_reason is not null then opened_at end as excused_at, excused_reason, null::text as excused_by,
    case when excused_reason is not null then opened_at when not returned then greatest(ended_at, opened_at) end as over_at
  from opened cross join lateral business_deadlines(calendar_key, opened_at, 3600) b
)
select * from final
