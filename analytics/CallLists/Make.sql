-- Decides of every account of a scoring what becomes of it on a new list, and writes that down.
-- Grain: one row per scored account whose owner belongs to the list's team or is its person.
-- Inputs: churn_score, account, account_assignment, team_membership, contact, interaction, issue, issue_state, invoice, payment, commitment,
-- call_list; @list, @scoring, @by_value (rank by value at stake; else by the scoring's rank), @team, @staff, @capacity, @now, @quiet_since,
-- @listed_since (another list begun since keeps its customers to itself).
-- Output: rows of call_list_account. CurrentOwners.sql is put in.
with {current_owners},
considered as (
  select s.account_id, s.probability, s.risk_rank, s.at_stake, s.currency, s.reasons, a.source_key, a.closed_at, a.phone, o.staff_key as owner_key
  from churn_score s
  join lateral (select * from account where account_id = s.account_id and not deleted order by source_key limit 1) a on true
  left join owners o on o.account_id = s.account_id
  left join members m on m.staff_key = o.staff_key
  where s.scoring_id = @scoring
    and (@team::text is null or m.team_key = @team)
    and (@staff::text is null or o.staff_key = @staff)
),
people as (
  select c.account_id, count(*) as contacts, count(*) filter (where n.do_not_contact) as refusing,
    count(*) filter (where not n.do_not_contact and (n.phone is not null or n.email is not null)) as reachable
  from considered c
  join contact n on n.account_id = c.account_id and not n.deleted and (n.left_at is null or n.left_at > @now)
  group by c.account_id
),
open_issue as (
  select distinct on (i.account_id) i.account_id, i.source_key
  from considered c
  join issue i on i.account_id = c.account_id and not i.deleted and i.occurred_at <= @now
  left join lateral (
    select state from issue_state e
    where e.account_id = i.account_id and e.issue_key = i.source_key and not e.deleted and e.occurred_at <= @now
    order by e.occurred_at desc, e.source_key desc limit 1) e on true
  where e.state is null or e.state not in ('resolved', 'closed')
  order by i.account_id, array_position(array['urgent', 'high', 'normal', 'low'], i.priority), i.occurred_at desc, i.source_key
),
unpaid as (
  select distinct v.account_id
  from considered c
  join invoice v on v.account_id = c.account_id and not v.deleted and v.voided_at is null and v.sent_at <= @now and v.due_on < (@now at time zone 'UTC')::date
  where v.amount > 0 and not exists (
    select from payment p where p.account_id = v.account_id and p.invoice_key = v.source_key and not p.deleted and p.occurred_at <= @now)
),
touched as (
  select c.account_id, max(i.occurred_at) as at
  from considered c
  join interaction i on i.account_id = c.account_id and not i.deleted and i.occurred_at <= @now
    and is_outreach(i.direction, i.kind, i.automatic, i.bulk, i.connected, i.duration_seconds)
  group by c.account_id
),
judged as (
  select c.*, t.at as last_touch_at, is_held_out(c.source_key) as held, row_number() over (order by
      case when @by_value then c.at_stake end desc nulls last, c.risk_rank, c.account_id) as rank,
    case
      when c.closed_at <= @now then 'no customer any more'
      when p.contacts > 0 and p.refusing = p.contacts then 'must not be contacted'
      when coalesce(p.reachable, 0) = 0 and (c.phone is null or p.refusing > 0) then 'nobody to reach'
      -- Who has an open issue and does not pay has a quarrel with us, which somebody is about to settle.
      when u.account_id is not null and i.account_id is not null then 'open dispute'
      when t.at > @quiet_since then 'contacted lately'
      when exists (
        select from call_list_account l join call_list b using (call_list_id)
        where l.account_id = c.account_id and l.fate = 'call' and b.closed_at is null and b.made_at >= @listed_since and b.call_list_id <> @list
      ) then 'on another list'
    end as reason
  from considered c
  left join people p using (account_id)
  left join open_issue i using (account_id)
  left join unpaid u using (account_id)
  left join touched t using (account_id)
),
counted as (
  select *, count(*) filter (where reason is null and not held) over (order by rank rows between unbounded preceding and current row) as calls
  from judged
),
decided as (
  select *, case
      when reason is not null then 'suppressed'
      -- Held out is who would have been called, had nobody been held out before him.
      when held then case when calls < @capacity then 'held_out' else 'not_reached' end
      when calls <= @capacity then 'call'
      else 'not_reached'
    end as fate
  from counted
),
final as (
  select d.account_id, @list::bigint as call_list_id, d.fate, d.reason, case when d.fate = 'call' then d.calls end as place, d.probability, d.at_stake,
    d.currency, d.reasons, d.owner_key, n.source_key as contact_key, case when d.fate = 'call' then d.last_touch_at end as last_touch_at,
    case when d.fate = 'call' then i.source_key end as issue_key, b.commitment_key as promise_key
  from decided d
  left join open_issue i using (account_id)
  left join lateral (
    -- Who can be called rather than written to, whom we know, and then who decides.
    select n.source_key from contact n
    where d.fate = 'call' and n.account_id = d.account_id and not n.deleted and not n.do_not_contact and (n.left_at is null or n.left_at > @now)
      and (n.phone is not null or n.email is not null)
    order by n.phone is null, (
        select max(i.occurred_at) from interaction i
        where i.account_id = n.account_id and i.contact_key = n.source_key and not i.deleted and i.direction <> 'internal' and i.occurred_at <= @now) desc nulls last,
      array_position(array['executive', 'management', 'operations', 'technical'], n.tier) nulls last, n.name, n.source_key
    limit 1) n on true
  left join lateral (
    select c.commitment_key from commitment c
    where d.fate = 'call' and c.account_id = d.account_id and c.kind = 'promise' and c.excused_at is null and c.due_at < @now
      -- Who hears of it after more than a year is reminded rather than won back.
      and c.due_at > @now - interval '1 year'
      and (c.fulfilled_at is null or c.fulfilled_at > c.due_at)
    order by c.fulfilled_at is not null, c.due_at desc, c.commitment_key
    limit 1) b on true
)
insert into call_list_account (account_id, call_list_id, fate, reason, place, probability, at_stake, currency, reasons, owner_key, contact_key, last_touch_at, issue_key, promise_key)
select account_id, call_list_id, fate, reason, place::integer, probability, at_stake, currency, reasons, owner_key, contact_key, last_touch_at, issue_key, promise_key from final
