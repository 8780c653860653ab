-- What a project was to cost when it began, against what it did. Grain: a project accepted in the period. Output: the columns of observed.
-- Inputs: project and its history, cost_entry, company. @variant: bias (amount = F - A, base = A), wape (|F - A|, |A|).
-- F is the budget that stood when the project began, else the first one stated after; a budget raised on the way changes nothing, and no
-- budget at all is F = 0: otherwise leaving it out would pay. A is every cost entered by the as-of time. By the rate of the first day.
with versions as (
  select account_id, source_key, budget_cost, coalesce(source_modified_at, known_at) as since from project
  union
  select account_id, source_key, budget_cost, coalesce(source_modified_at, known_at) from project_history where known_at <= @as_of
),
projects as (
  select p.*, (p.occurred_at at time zone @zone)::date as first_day, c.currency as company_currency
  from project p cross join company c
  where p.accepted_at >= @from and p.accepted_at < @to and p.accepted_at <= @as_of and not p.deleted
),
budgets as (
  select distinct on (p.account_id, p.source_key) p.account_id, p.source_key, v.budget_cost
  from projects p
  join versions v using (account_id, source_key)
  where v.budget_cost is not null
  order by p.account_id, p.source_key, v.since <= p.occurred_at desc, case when v.since <= p.occurred_at then v.since end desc nulls last, v.since
),
spent as (
  select account_id, project_key, currency, sum(amount) as amount
  from cost_entry
  where occurred_at <= @as_of and not deleted
  group by account_id, project_key, currency
),
costed as (
  select p.account_id, p.source_key, coalesce(p.company_currency, p.currency, min(s.currency)) as stated_in, array_agg(s.currency) as currencies, array_agg(s.amount) as amounts
  from projects p
  join spent s on s.account_id = p.account_id and s.project_key = p.source_key
  group by p.account_id, p.source_key, p.company_currency, p.currency
),
stated as (
  select p.*, c.stated_in, b.budget_cost as first_budget,
    b.budget_cost * case when coalesce(p.currency, c.stated_in) = c.stated_in then 1 else exchange_rate(p.currency, c.stated_in, p.first_day) end as f,
    (select case when bool_and(r.rate is not null) then sum(u.amount * r.rate) end
      from unnest(c.currencies, c.amounts) as u(currency, amount)
      cross join lateral (select exchange_rate(u.currency, c.stated_in, p.first_day) as rate) r) as a
  from projects p
  left join budgets b using (account_id, source_key)
  left join costed c using (account_id, source_key)
),
errors as (
  select *, case when first_budget is null then -a else f - a end as error from stated
),
final as (
  select account_id, 'project' as fact, source_key as row_key, name as label, manager_key as staff_key, team_key, null::text as channel,
    accepted_at as counted_at, case @variant when 'bias' then error else abs(error) end as amount,
    case @variant when 'bias' then a else abs(a) end as base, stated_in as currency, null::boolean as finished,
    case
      when stated_in is null then 'without a recorded cost'
      when error is null then 'without an exchange rate to ' || stated_in
    end as excluded
  from errors
)
select * from final
