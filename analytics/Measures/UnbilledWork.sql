-- Finished and not yet invoiced. Grain: a billing event that is open at the end of the period, or at the time of asking if that comes first,
-- whenever it came about. Output: the columns of observed. Inputs: the ledger's invoice, project, company.
-- An event is open with its whole amount until invoices for 99.5 % of it are sent. In the reporting currency by the rate of its day.
with unbilled as (
  select c.*, coalesce(f.currency, c.currency) as reported, (c.opened_at at time zone @zone)::date as day
  from commitment c
  cross join company f
  where c.kind = 'invoice' and c.opened_at < @to and c.opened_at <= @as_of and @from <= @as_of
    and not coalesce(c.fulfilled_at < @to and c.fulfilled_at <= @as_of, false)
),
rates as materialized (
  -- Once for each currency and day: folded into the join, it would be looked up for each row.
  select *, exchange_rate(currency, reported, day) as rate from (select distinct currency, reported, day from unbilled) d
),
final as (
  select u.account_id, 'billing_event' as fact, u.commitment_key as row_key, p.name as label, u.owed_by as staff_key, u.team_key, null::text as channel,
    u.opened_at as counted_at, u.amount * coalesce(r.rate, 1) as amount, null::numeric as base, case when r.rate is null then u.currency else u.reported end as currency,
    null::boolean as finished,
    case
      when u.excused_reason is not null then u.excused_reason
      when u.source_deleted then 'deleted in the source'
      when r.rate is null then 'without an exchange rate from ' || u.currency || ' to ' || u.reported
    end as excluded
  from unbilled u
  join rates r using (currency, reported, day)
  left join project p on p.account_id = u.account_id and p.source_key = u.project_key
)
select * from final
