-- Net revenue and the share of its classes. Grain: an invoice line or a credit note of the period. Output: the columns of observed.
-- Inputs: revenue_line, account. @variant: net_revenue (all but rework), add_on, existing_customer.
-- Rework done through our own fault is no revenue, however it was billed: it is excluded and counted. What unnamed buyers paid is
-- revenue, but says nothing about customers who stay.
with final as (
  select l.account_id, l.fact, l.source_key as row_key, l.description as label, null::text as staff_key, null::text as team_key, null::text as channel,
    l.occurred_at as counted_at,
    case @variant
      when 'add_on' then case when l.revenue_class = 'add_on' then l.amount else 0 end
      when 'existing_customer' then case when l.revenue_class in ('repeat', 'add_on', 'renewal') then l.amount else 0 end
      else l.amount
    end as amount,
    case when @variant <> 'net_revenue' then l.amount end as base,
    l.currency, null::boolean as finished,
    case
      when l.excluded is not null then l.excluded
      when l.revenue_class = 'rework' then 'rework'
      when @variant <> 'net_revenue' and a.anonymous then 'of unnamed buyers'
    end as excluded
  from revenue_line l
  join account a using (account_id)
  where l.occurred_at >= @from and l.occurred_at < @to and l.occurred_at <= @as_of
)
select * from final
