-- What became of customers that were to be called, and of those held out, within @days of their first list. Grain: one row per arm.
-- A customer belongs to one arm for ever; only who has been followed up for @days by @now is counted. Whether the call was made makes no
-- difference: who could not be reached would otherwise be compared with who could have been.
-- Columns: arm, customers so far, of them followed up, ordered again, contacted (had an outreach of ours within @days).
-- @teams, @staff: a viewer's limits by the customer's owner at the time, null for none.
with first_listed as (
  select distinct on (a.account_id) a.account_id, a.fate, l.made_at
  from call_list_account a
  join call_list l using (call_list_id)
  where a.fate in ('call', 'held_out')
    and ((@teams::text[] is null and @staff::text is null)
      or (@staff::text is not null and a.owner_key = @staff)
      or (@teams::text[] is not null and a.owner_key in (select staff_key from team_membership where team_key = any (@teams) and not deleted)))
  order by a.account_id, l.made_at, l.call_list_id
),
followed as (
  select f.*, f.made_at + make_interval(days => @days) as until, f.made_at + make_interval(days => @days) <= @now as matured from first_listed f
),
final as (
  select f.fate, count(*) as customers, count(*) filter (where matured) as matured,
    count(*) filter (where matured and exists (
      select from sales_order o
      where o.account_id = f.account_id and not o.deleted and o.revenue_class is distinct from 'rework' and o.occurred_at > f.made_at and o.occurred_at <= f.until
        and (o.cancelled_at is null or o.cancelled_at > f.until))) as ordered,
    count(*) filter (where matured and exists (
      select from interaction i
      where i.account_id = f.account_id and not i.deleted and i.occurred_at > f.made_at and i.occurred_at <= f.until
        and is_outreach(i.direction, i.kind, i.automatic, i.bulk, i.connected, i.duration_seconds))) as contacted
  from followed f
  group by f.fate
)
select fate, customers, matured, ordered, contacted from final
