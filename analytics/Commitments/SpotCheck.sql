-- spot_check: a sample of what our people tell customers is looked at by somebody else before the quarter is over.
-- Grain: one row per sampled communication. Output: the columns of obligation.
-- Inputs: dirty (account_id, since), company, interaction, staff, communication_review, and the ledger itself: what was reviewed before
-- `since` is left alone.
--
-- Sampled are outbound human communications of a known person. Whether one is in depends on its key, its quarter and the seed alone, so the
-- ledger draws the same sample again from one account's facts, whatever other accounts hold. A quarter's sample of a person is therefore
-- about the share of what that person sent, not an exact number.
-- Opens with the communication, due at the end of its quarter in the company's reporting zone. Owed by the person's manager, else by the
-- account's owner. Kept by the first review by somebody else than the person.
-- Outcome of that review: failed, else empty_interim, else null; self_review when only the person looked at it.
with policy as (
  -- 1 in 100: a person who sends 1,500 a quarter has 15 read, enough to see a habit and few enough to really be read.
  select 0.01 as share, 'spot-check-1' as seed
),
said as (
  -- The offset 0 and the selected kind, which a plan cannot know, keep these look-ups of each account's own, whatever else there is.
  select i.* from dirty d cross join lateral (select * from interaction where account_id = d.account_id and occurred_at >= d.since offset 0) i
  union all
  select i.*
  from dirty d
  cross join lateral (select * from commitment where account_id = d.account_id and kind = (select 'spot_check') and fixed_at >= d.since offset 0) c
  cross join lateral (
    select * from interaction where account_id = c.account_id and source_key = c.commitment_key and occurred_at < d.since offset 0) i
),
communications as (
  select i.*, date_trunc('quarter', i.occurred_at at time zone c.reporting_zone) as first_day, c.reporting_zone
  from said i
  cross join company c
  where i.direction = 'outbound' and i.staff_key is not null
    and is_outreach(i.direction, i.kind, i.automatic, i.bulk, i.connected, i.duration_seconds)
),
sampled as (
  select i.*, (i.first_day + interval '3 months') at time zone i.reporting_zone as ends_at
  from communications i
  cross join policy
  where ('x' || left(md5(i.source_key || to_char(i.first_day, 'YYYY"-Q"Q') || policy.seed), 8))::bit(32)::bigint < policy.share * 4294967296
),
reviews as (
  select distinct on (s.account_id, s.source_key) s.account_id, s.source_key as interaction_key, r.source_key, r.occurred_at, r.reviewer_key,
    r.reviewer_key <> s.staff_key as independent,
    case when r.reviewer_key = s.staff_key then 'self_review' when not r.passed then 'failed' when r.empty_interim then 'empty_interim' end as outcome
  from sampled s
  join communication_review r on r.account_id = s.account_id and r.interaction_key = s.source_key and r.occurred_at >= s.occurred_at
  order by s.account_id, s.source_key, independent desc, r.occurred_at, r.source_key
),
final as (
  select s.account_id, s.source_key as commitment_key, coalesce(s.contact_key, '') as party, s.contact_key, s.thread_key, s.project_key, s.channel,
    p.manager_key as owner_key, s.occurred_at as opened_at, s.occurred_at as first_contact_at, s.ends_at as due_at,
    case when r.independent then r.occurred_at end as fulfilled_at, case when r.independent then r.source_key end as fulfilled_by_key,
    case when r.independent then r.reviewer_key end as fulfilled_by_staff, null::text as fulfilled_channel,
    0 as reminders, s.deleted as source_deleted, r.outcome, null::numeric as amount, null::text as currency
  from sampled s
  left join reviews r on r.account_id = s.account_id and r.interaction_key = s.source_key
  left join staff p on p.source_key = s.staff_key and not p.deleted and p.occurred_at <= s.occurred_at and (p.ended_at is null or s.occurred_at < p.ended_at)
)
select * from final
