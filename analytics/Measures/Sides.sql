-- What the ledger says of commitments beside the rate at which they are kept. Grain: a commitment of one kind, opened in the period.
-- Output: the columns of observed. Inputs: the ledger, company for the currency.
-- @variant: no_response (respond: excused by a person), beaten and moved (promise), notice_day (delay_notice: days from the agreed date to
-- our notice, negative when it came before) and notice_lag (hours from our own forecast to the notice), invoice_amount (invoice: what was
-- invoiced in time, of what was to be, by the rate of the day it became billable), invoice_right (invoice: neither credited nor voided).
with asked as (
  select c.*, case when c.fulfilled_at <= @as_of then c.fulfilled_at end as done_at, coalesce(c.excused_at <= @as_of, false) as excused,
    coalesce(p.currency, c.currency) as stated_in,
    c.amount * case when coalesce(p.currency, c.currency) = c.currency then 1
      else exchange_rate(c.currency, p.currency, (c.opened_at at time zone @zone)::date) end as worth
  from commitment c
  cross join company p
  where c.kind = case when @variant = 'no_response' then 'respond' when @variant in ('beaten', 'moved') then 'promise'
      when @variant in ('notice_day', 'notice_lag') then 'delay_notice' else 'invoice' end
    and c.opened_at >= @from and c.opened_at < @to and c.opened_at <= @as_of
),
final as (
  select account_id,
    case kind when 'respond' then 'interaction' when 'promise' then 'promise' when 'delay_notice' then 'milestone' else 'billing_event' end as fact,
    -- A notice is owed per milestone and agreed date.
    case kind when 'delay_notice' then regexp_replace(commitment_key, '/[0-9]+$', '') else commitment_key end as row_key,
    null::text as label, owed_by as staff_key, team_key, channel, opened_at as counted_at,
    case @variant
      when 'no_response' then excused::integer
      when 'beaten' then (done_at is not null and outcome = 'beaten')::integer
      when 'moved' then (excused and outcome = 'moved')::integer
      when 'notice_day' then extract(epoch from coalesce(done_at, @as_of) - due_at) / 86400
      when 'notice_lag' then extract(epoch from coalesce(done_at, @as_of) - opened_at) / 3600
      when 'invoice_amount' then case when done_at <= due_at then worth else 0 * worth end
      when 'invoice_right' then (outcome is distinct from 'corrected')::integer
    end::numeric as amount,
    case when @variant = 'invoice_amount' then worth when @variant not in ('notice_day', 'notice_lag') then 1 end as base,
    case when @variant = 'invoice_amount' then stated_in end as currency,
    case when @variant in ('notice_day', 'notice_lag') then done_at is not null end as finished,
    case
      when excused and @variant <> 'no_response' and not (@variant = 'moved' and outcome = 'moved') then excused_reason
      when @variant in ('beaten', 'moved', 'notice_day') and due_at > @as_of then 'not due yet'
      when @variant = 'invoice_amount' and done_at is null and due_at >= @as_of then 'not due yet'
      when @variant = 'invoice_amount' and worth is null then 'without an exchange rate to ' || stated_in
      when @variant = 'invoice_right' and done_at is null then 'not invoiced yet'
      when @variant = 'invoice_right' and done_at + interval '1440 hours' > @as_of then 'sent less than 60 days ago'
    end as excluded
  from asked
)
select * from final
