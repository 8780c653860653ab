-- Moves the horizon of slots to @horizon and marks the accounts in which the time since the old one may have opened new slots.
-- Inputs: ledger_state, company, account, communication_plan, survey_schedule, project. Output: rows of dirty_account; nothing when the horizon stands there already.
with passed as (
  select s.slots_until as since, date_trunc('quarter', s.slots_until at time zone c.reporting_zone) < date_trunc('quarter', @horizon at time zone c.reporting_zone) as new_quarter
  from ledger_state s cross join company c
  where s.slots_until < @horizon
  for update of s
),
moved as (
  update ledger_state set slots_until = @horizon where exists (select from passed)
),
waiting_for_time as (
  select p.account_id, passed.since from communication_plan p cross join passed where p.ended_at is null or p.ended_at > passed.since
  union
  select s.account_id, passed.since from survey_schedule s cross join passed where s.ended_at is null or s.ended_at > passed.since
  union
  select p.account_id, passed.since from project p cross join passed where coalesce(least(p.accepted_at, p.cancelled_at), 'infinity') > passed.since
  union
  select a.account_id, passed.since from account a cross join passed where passed.new_quarter and (a.closed_at is null or a.closed_at > passed.since)
)
insert into dirty_account (account_id, since, facts)
select account_id, since, '{horizon}'::text[] from waiting_for_time order by account_id
on conflict (account_id) do update set since = least(dirty_account.since, excluded.since),
  facts = case when dirty_account.facts @> excluded.facts then dirty_account.facts else dirty_account.facts || excluded.facts end
