-- Revenue kept from the 12 months before t0 in the 12 months from t0 to t1. t1 is the end of the period, or the as-of time while the
-- period runs; t0 is 12 months before t1 in the reporting zone. Grain: a parent account with its subsidiaries, shown by the parent at t0:
-- whoever owned it then answers for it. Output: the columns of observed. Inputs: revenue_line, account and its history, account_merge, company.
-- @variant: net (all that was kept or gained), gross (what was kept, at most what there was), logo (whether anything was kept).
-- In one currency by the rate of t0, for both years, so that exchange rates neither keep nor lose a customer.
with recursive years as (
  select e.t1, (e.t1 at time zone @zone - interval '12 months') at time zone @zone as t0,
    (e.t1 at time zone @zone - interval '24 months') at time zone @zone as before
  from (select least(@to, @as_of) as t1) e
),
merged as (
  -- Keys that meant another customer at the as-of time, and which.
  select source_key, into_key from account_merge where merged_at <= @as_of and (undone_at is null or undone_at > @as_of)
  union all
  select m.source_key, n.into_key
  from merged m join account_merge n on n.source_key = m.into_key and n.merged_at <= @as_of and (n.undone_at is null or n.undone_at > @as_of)
),
stated as (
  select account_id, source_key, parent_key, coalesce(source_modified_at, known_at) as since from account
  union
  select account_id, source_key, parent_key, coalesce(source_modified_at, known_at) from account_history where known_at <= @as_of
),
versions as (
  select s.account_id, s.source_key, nullif(coalesce(m.into_key, s.parent_key), s.source_key) as parent_key, s.since
  from stated s
  left join merged m on m.source_key = s.parent_key and not exists (select from merged n where n.source_key = m.into_key)
  where not exists (select from merged n where n.source_key = s.source_key)
),
parents as (
  -- Whose subsidiary an account was at t0; the first that is known where nothing was known yet.
  select distinct on (v.account_id) v.account_id, v.source_key, v.parent_key
  from versions v cross join years y
  order by v.account_id, v.since <= y.t0 desc, case when v.since <= y.t0 then v.since end desc nulls last, v.since
),
climb as (
  select account_id, source_key as top_key, parent_key as next_key, array[source_key] as path from parents
  union all
  select c.account_id, p.source_key, p.parent_key, c.path || p.source_key
  from climb c
  join parents p on p.source_key = c.next_key
  where p.source_key <> all (c.path)
),
tops as (
  -- Accounts that name each other as parents in a circle go under the first of them.
  select distinct on (account_id) account_id,
    coalesce((select min(k) from unnest(path[array_position(path, next_key):]) k where next_key = any (path)), top_key) as top_key
  from climb
  order by account_id, cardinality(path) desc
),
sums as (
  select t.top_key, a.anonymous, l.own_currency as currency, min(l.occurred_at) as first_at,
    sum(l.own_amount) filter (where l.occurred_at >= y.before and l.occurred_at < y.t0) as base_year,
    sum(l.own_amount) filter (where l.occurred_at >= y.t0) as this_year,
    bool_and(a.closed_at is not null and a.closed_at <= y.t1) filter (where l.occurred_at >= y.before) as closed
  from revenue_line l
  join account a using (account_id)
  join tops t using (account_id)
  cross join years y
  where l.occurred_at < y.t1 and l.revenue_class <> 'rework'
  group by t.top_key, a.anonymous, l.own_currency
),
rated as (
  select s.*, coalesce(p.currency, s.currency) as stated_in,
    exchange_rate(s.currency, coalesce(p.currency, s.currency), (y.t0 at time zone @zone)::date) as rate,
    s.base_year is not null or s.this_year is not null as counts
  from sums s cross join company p cross join years y
),
customers as (
  select top_key, anonymous, min(first_at) as first_at, bool_and(closed) as closed,
    coalesce(sum(base_year * rate), 0) as base_year, coalesce(sum(this_year * rate), 0) as this_year,
    min(stated_in) filter (where counts) as currency, count(distinct stated_in) filter (where counts) as currencies,
    bool_or(rate is null) filter (where counts) as lacks_rate
  from rated
  group by top_key, anonymous
  having bool_or(counts)
),
final as (
  select a.account_id, 'account' as fact, a.source_key as row_key, a.name as label,
    null::text as staff_key, null::text as team_key, null::text as channel, y.t0 as counted_at,
    case @variant
      when 'net' then c.this_year
      when 'gross' then greatest(0, least(c.this_year, c.base_year))
      else case when c.this_year > 0 and not c.closed then 1 else 0 end
    end as amount,
    case when @variant = 'logo' then 1 else c.base_year end as base,
    case when @variant <> 'logo' then c.currency end as currency, null::boolean as finished,
    case
      when c.anonymous then 'of unnamed buyers'
      when c.currencies > 1 then 'in several currencies and no reporting currency'
      when c.lacks_rate then 'without an exchange rate'
      when c.base_year > 0 then null
      when c.this_year > 0 and c.first_at >= y.t0 then 'new in the later 12 months'
      when c.this_year > 0 then 'reactivated in the later 12 months'
      else 'with credits as large as the invoices'
    end as excluded
  from customers c
  join account a on a.source_key = c.top_key
  cross join years y
)
select * from final
