-- Accounts that had ordered by the moment asked about but whose record, as we have it, is younger: a back-fill knows its newest version only.
-- Their first known version stands in, as if nothing had ended yet: leaving them out would leave out those who were closed later.
-- Inputs: account (laid out as known then), sales_order (as known then), public.account and its history. Output: rows into account and dirty.
with ordered as (
  select distinct o.account_id from sales_order o where not exists (select from account a where a.account_id = o.account_id)
),
first_version as (
  select distinct on (v.account_id) v.*
  from (
    select a.* from public.account a join ordered using (account_id)
    union all
    select (jsonb_populate_record(null::public.account, to_jsonb(h))).* from public.account_history h join ordered using (account_id)
  ) v
  order by v.account_id, v.known_at, v.source_key
),
laid as (
  insert into account
  select (jsonb_populate_record(null::public.account, to_jsonb(f) || '{"closed_at": null, "deleted": false}')).* from first_version f
  returning account_id
)
insert into dirty select account_id, '-infinity'::timestamptz from laid
