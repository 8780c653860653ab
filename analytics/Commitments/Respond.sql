-- respond: a customer who turned to us waits for an answer.
-- Grain: one row per obligation, identified by the contact that opened it. Output: the columns of obligation.
-- Inputs: dirty (account_id, since), interaction, and the ledger itself, which says who was waiting at `since`.
-- With since = -infinity it is the full rebuild.
--
-- The one who waits (party) is the contact, else the thread, else the account as a whole. An obligation opens at the first inbound
-- human contact of a party that is not waiting, and closes at our first answer to that party on any channel, or in a thread in
-- which the party wrote. Between two answers lies one island of contacts; its first opens the obligation, the others are reminders.
with spanning as (
  -- Obligations that `since` falls into or that come after it are replaced: go back to where their islands begin.
  select d.account_id, c.party, min(c.first_contact_at) as from_at
  from dirty d cross join lateral (
    -- The offset 0 and the selected kind, which a plan cannot know, keep it a look-up of each account's own, whatever else is in the ledger.
    select * from commitment where account_id = d.account_id and kind = (select 'respond') and fixed_at >= d.since offset 0) c
  group by d.account_id, c.party
),
with_bot as (
  -- Customers who spoke to a bot before `since` have no obligation yet, but their wait began there.
  select i.account_id, coalesce(i.contact_key, i.thread_key, '') as party, min(i.occurred_at) as from_at
  from interaction i join dirty d using (account_id)
  where i.to_bot and i.direction = 'inbound' and i.occurred_at < d.since
    and exists (
      select from interaction h
      where h.account_id = i.account_id and h.kind in ('hand_off', 'reopened') and h.occurred_at >= d.since
        and coalesce(h.contact_key, h.thread_key, '') = coalesce(i.contact_key, i.thread_key, ''))
  group by 1, 2
),
party_from as (
  select account_id, party, min(from_at) as from_at
  from (select * from spanning union all select * from with_bot) p
  group by account_id, party
),
account_from as (
  select d.account_id, d.since, least(d.since, min(p.from_at)) as from_at
  from dirty d left join party_from p using (account_id)
  group by d.account_id, d.since
),
contacts as (
  select i.account_id, a.since, coalesce(i.contact_key, i.thread_key, '') as party, i.source_key, i.occurred_at,
    i.contact_key, i.thread_key, i.project_key, i.channel, i.staff_key, i.owner_key, i.deleted,
    case
      when i.automatic or i.bulk then null
      when i.kind = 'hand_off' then 'hand_off'
      when i.kind = 'reopened' then 'reopened'
      when i.direction = 'inbound' and i.to_bot then 'bot'
      when i.direction = 'inbound' and i.kind in ('message', 'voicemail') then 'asks'
      when i.direction = 'inbound' and i.kind = 'call' and i.connected is not true
        and (i.missed_reason is null or i.missed_reason not in ('short_abandoned', 'blocked', 'number_withheld')) then 'asks'
      when is_outreach(i.direction, i.kind, i.automatic, i.bulk, i.connected, i.duration_seconds) then 'answers'
    end as role
  from account_from a cross join lateral (select * from interaction where account_id = a.account_id and occurred_at >= a.from_at offset 0) i
),
own_answers as (
  select * from contacts where role = 'answers'
),
in_thread as (
  -- Who else had written in the threads we answered in.
  select i.account_id, i.thread_key, coalesce(i.contact_key, i.thread_key, '') as party, min(i.occurred_at) as since
  from interaction i
  where i.direction = 'inbound' and i.thread_key is not null and not i.automatic and not i.bulk
    and (i.account_id, i.thread_key) in (select account_id, thread_key from own_answers where thread_key is not null)
  group by 1, 2, 3
),
answers as (
  select account_id, since, party, source_key, occurred_at, staff_key, channel from own_answers
  union all
  select o.account_id, o.since, t.party, o.source_key, o.occurred_at, o.staff_key, o.channel
  from own_answers o join in_thread t on t.account_id = o.account_id and t.thread_key = o.thread_key
  where t.party <> o.party and t.since <= o.occurred_at
),
steps as (
  select s.*
  from (
    select account_id, since, party, source_key, occurred_at, contact_key, thread_key, project_key, channel, staff_key, owner_key, deleted, role
    from contacts where role in ('asks', 'bot', 'hand_off', 'reopened')
    union all
    select account_id, since, party, source_key, occurred_at, null, null, null, channel, staff_key, null, false, 'answers' from answers
  ) s
  left join party_from p using (account_id, party)
  where s.occurred_at >= least(p.from_at, s.since)
),
islands as (
  -- At one and the same instant the question comes before its answer.
  select *, count(*) filter (where role = 'answers') over (
    partition by account_id, party order by occurred_at, role = 'answers', source_key
    rows between unbounded preceding and 1 preceding) as island
  from steps
),
in_island as (
  -- The answer, where there is one, is the last of its island.
  select *,
    min(occurred_at) filter (where role in ('asks', 'bot', 'hand_off')) over island as first_contact_at,
    max(occurred_at) filter (where role in ('hand_off', 'reopened')) over island as last_hand_off_at,
    count(*) filter (where role = 'asks') over island as asks,
    last_value(case when role = 'answers' then occurred_at end) over island as fulfilled_at,
    last_value(case when role = 'answers' then source_key end) over island as fulfilled_by_key,
    last_value(case when role = 'answers' then staff_key end) over island as fulfilled_by_staff,
    last_value(case when role = 'answers' then channel end) over island as fulfilled_channel,
    count(*) filter (where role in ('asks', 'hand_off')) over (
      partition by account_id, party, island order by occurred_at, role = 'answers', source_key rows unbounded preceding) as openings
  from islands
  window island as (partition by account_id, party, island order by occurred_at, role = 'answers', source_key
    rows between unbounded preceding and unbounded following)
),
final as (
  select account_id, source_key as commitment_key, party, contact_key, thread_key, project_key, channel, owner_key,
    -- Behind a bot the clock starts when a human takes over, or at the reopening, whichever is later.
    case role when 'asks' then occurred_at else last_hand_off_at end as opened_at,
    first_contact_at,
    case role when 'asks' then occurred_at else last_hand_off_at end + interval '24 hours' as due_at,
    fulfilled_at, fulfilled_by_key, fulfilled_by_staff, fulfilled_channel,
    asks - case role when 'asks' then 1 else 0 end as reminders, deleted as source_deleted,
    null::text as outcome, null::numeric as amount, null::text as currency
  from in_island
  where role in ('asks', 'hand_off') and openings = 1
)
select * from final
