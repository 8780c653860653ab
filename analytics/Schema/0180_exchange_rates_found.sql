-- A rate is looked up for every currency and day of what a figure sums: by one step into an index in each direction, not by reading every
-- rate there is. Of several rates of one pair and day the one with the first key counts, so that it is always the same one.
create index fx_rate_newest on fx_rate (currency, quote_currency, day desc, source_key) where not deleted and rate <> 0;

create or replace function exchange_rate(from_currency text, to_currency text, on_day date) returns numeric
language sql stable parallel restricted as $$
  select case when from_currency = to_currency then 1 else (
    select factor
    from (
      (select day, 0 as place, rate as factor
      from fx_rate
      where not deleted and rate <> 0 and currency = from_currency and quote_currency = to_currency and day <= on_day
      order by day desc, source_key
      limit 1)
      union all
      (select day, 1, 1 / rate
      from fx_rate
      where not deleted and rate <> 0 and currency = to_currency and quote_currency = from_currency and day <= on_day
      order by day desc, source_key
      limit 1)
    ) newest
    order by day desc, place
    limit 1)
  end
$$;
