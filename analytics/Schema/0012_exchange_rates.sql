-- The factor from one currency to another by the newest rate of that day or before, stated in either direction; 1 within one currency,
-- null when no rate is known. fx_rate stands without its schema on purpose: an earlier moment finds its own.
create function exchange_rate(from_currency text, to_currency text, on_day date) returns numeric
language sql stable parallel restricted as $$
  select case when from_currency = to_currency then 1 else (
    select case when currency = from_currency then rate else 1 / rate end
    from fx_rate
    where not deleted and rate <> 0 and day <= on_day
      and ((currency = from_currency and quote_currency = to_currency) or (currency = to_currency and quote_currency = from_currency))
    order by day desc, currency = from_currency desc
    limit 1)
  end
$$;
