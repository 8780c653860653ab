-- How often customers who turn to us are passed on. Grain: a customer's contact of the period whose transfers are measured, and any call that got
-- through. Output: the columns of observed. Input: interaction. @variant: transfers (how many), right_party (1 when none).
with final as (
  select account_id, 'interaction' as fact, source_key as row_key, subject as label, coalesce(owner_key, staff_key) as staff_key, null::text as team_key, channel,
    occurred_at as counted_at, case @variant when 'transfers' then transfers else (transfers = 0)::integer end::numeric as amount, 1::numeric as base,
    null::text as currency, null::boolean as finished, case when transfers is null then 'transfers not measured' end as excluded
  from interaction
  where direction = 'inbound' and not automatic and not bulk and not deleted and (transfers is not null or (kind = 'call' and connected))
    and occurred_at >= @from and occurred_at < @to and occurred_at <= @as_of
)
select * from final
