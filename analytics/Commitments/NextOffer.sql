-- next_offer: after a project is accepted the customer gets a dated offer for what comes next.
-- Grain: one row per accepted project. Output: the columns of obligation.
-- Inputs: dirty, account_zone, project, proposal, disposition. Recomputes the whole account.
--
-- Opens at the acceptance, due at the end of the 30th day after it in the promised calendar's zone. Kept by a complete proposal to the
-- account sent after the acceptance (a revision is no new offer), or by a person's recorded decision that there is nothing to offer
-- (disposition of this kind). Owed by the account's owner. Outcome: offer or nothing_to_offer.
with accepted as (
  select p.account_id, p.source_key, p.deleted, p.accepted_at,
    ((p.accepted_at at time zone z.zone)::date + 31)::timestamp at time zone z.zone as due_at
  from project p
  join dirty d using (account_id)
  join account_zone z using (account_id)
  where p.accepted_at is not null
),
replies as (
  select a.account_id, a.source_key as project_key, o.source_key, o.occurred_at, o.sent_by_key as staff_key, 'offer' as outcome
  from accepted a
  join proposal o on o.account_id = a.account_id and o.occurred_at > a.accepted_at and o.complete and o.revision = 0
  union all
  select a.account_id, a.source_key, n.source_key, greatest(n.occurred_at, a.accepted_at), n.staff_key, 'nothing_to_offer'
  from accepted a
  join disposition n on n.account_id = a.account_id and n.commitment_kind = 'next_offer' and n.subject_key = a.source_key and not n.deleted
),
first_reply as (
  select distinct on (account_id, project_key) * from replies
  order by account_id, project_key, occurred_at, source_key
),
final as (
  select a.account_id, a.source_key as commitment_key, '' as party, null::text as contact_key, null::text as thread_key,
    a.source_key as project_key, null::text as channel, null::text as owner_key,
    a.accepted_at as opened_at, a.accepted_at as first_contact_at, a.due_at,
    r.occurred_at as fulfilled_at, r.source_key as fulfilled_by_key, r.staff_key as fulfilled_by_staff, null::text as fulfilled_channel,
    0 as reminders, a.deleted as source_deleted, r.outcome, null::numeric as amount, null::text as currency
  from accepted a
  left join first_reply r on r.account_id = a.account_id and r.project_key = a.source_key
)
select * from final
