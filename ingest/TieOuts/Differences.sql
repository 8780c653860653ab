-- Where the records that a source listed behind a total part from what is stored. Grain: one row per key that differs.
-- Placeholders: {fact}, {stored} (where it is), {amount}, {currency}, {account}. Parameters: 1 the total, 2 zone in which days begin, 3 most rows, 4 offset.
-- Columns: source_key, what (see Difference), said amount, stored amount, account's key, occurred_at, id in the quarantine, count of all.
with total as (
  select * from tie_out where tie_out_id = $1
),
said as (
  select source_key, amount from tie_out_record where tie_out_id = $1
),
stored as (
  select f.source_key, {amount} as amount, {account} as account, f.occurred_at, f.deleted,
    (f.occurred_at at time zone $2)::date >= t.starts and (f.occurred_at at time zone $2)::date < t.ends and (t.currency = '' or {currency} = t.currency) as inside
  from {stored} f, total t
  where split_part(f.source_key, ':', 1) = t.source
),
compared as (
  select source_key, said.source_key is not null as listed, said.amount as said, s.amount as stored, s.account, s.occurred_at,
    (select min(q.quarantine_id) from quarantine q where q.resolved_at is null and q.fact = '{fact}' and q.source_key = said.source_key) as quarantine_id,
    case
      when said.source_key is null then case when s.inside and not s.deleted then 'surplus' end
      when s.source_key is null then 'missing'
      when s.deleted then 'deleted'
      when not s.inside then 'elsewhere'
      when said.amount is not null and said.amount is distinct from s.amount then 'amount'
    end as what
  from said full join stored s using (source_key)
),
final as (
  select source_key, case when what = 'missing' and quarantine_id is not null then 'rejected' else what end as what, said, stored, account, occurred_at, quarantine_id
  from compared where what is not null
)
select *, count(*) over () from final order by what, source_key limit $3 offset $4
