-- Projects that cost more than was planned for them. Grain: a project accepted in the period. Output: the columns of observed.
-- Inputs: project, project_cost. Costs are all that is recorded by the time of asking, in the project's currency. What was never
-- recorded is unknown, not zero.
with costs as (
  select account_id, project_key, sum(amount) as amount, bool_or(amount is null) as without_rate, count(distinct currency) as currencies
  from project_cost
  group by account_id, project_key
),
final as (
  select p.account_id, 'project' as fact, p.source_key as row_key, p.name as label, p.manager_key as staff_key, null::text as team_key,
    null::text as channel, p.accepted_at as counted_at, (c.amount > p.budget_cost)::integer::numeric as amount, 1::numeric as base,
    null::text as currency, null::boolean as finished,
    case
      when p.budget_cost is null then 'without a budget'
      when c.project_key is null then 'without recorded costs'
      when c.without_rate then 'with costs in a currency without an exchange rate'
      when c.currencies > 1 then 'with costs in several currencies'
    end as excluded
  from project p
  left join costs c on c.account_id = p.account_id and c.project_key = p.source_key
  where not p.deleted and p.accepted_at >= @from and p.accepted_at < @to and p.accepted_at <= @as_of
)
select * from final
