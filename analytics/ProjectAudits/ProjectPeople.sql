-- Who worked on a project in a quarter, and what became of what they owed on it. Grain: one row per person, by name.
-- @account, @project: the customer's id and the project's key; @from, @to: the quarter; @as_of: where the clock stands; @matured: kinds that
-- count only once they are due. Commitments count when opened; a delivery once, by its first date; the audit itself not.
-- Columns: staff key, name, team, hours (null where nobody recorded any), communications, kept, missed, pending.
with owed as (
  select c.owed_by as staff_key,
    case
      when c.excused_at <= @as_of then 'excused'
      when c.kind = any (@matured) and c.due_at > @as_of then 'pending'
      when c.fulfilled_at <= @as_of then case when c.fulfilled_at <= c.due_at then 'kept' else 'missed' end
      when c.due_at < @as_of then 'missed'
      else 'pending'
    end as status
  from commitment c
  where c.account_id = @account and c.project_key = @project and c.opened_at >= @from and c.opened_at < @to
    and c.kind not in ('project_audit', 'deliver_current') and c.owed_by is not null
),
did as (
  select staff_key, null::numeric as hours, 0 as communications, status from owed
  union all
  select staff_key, hours, 0, null from cost_entry
  where account_id = @account and project_key = @project and occurred_at >= @from and occurred_at < @to and not deleted and staff_key is not null
  union all
  select staff_key, null, 1, null from interaction
  where account_id = @account and project_key = @project and occurred_at >= @from and occurred_at < @to and not deleted and staff_key is not null
    and not automatic and not bulk and direction <> 'internal'
),
people as (
  select staff_key, sum(hours) as hours, sum(communications) as communications, count(*) filter (where status = 'kept') as kept,
    count(*) filter (where status = 'missed') as missed, count(*) filter (where status = 'pending') as pending
  from did
  group by staff_key
)
select p.staff_key, coalesce(s.name, p.staff_key), t.name, p.hours, p.communications, p.kept, p.missed, p.pending
from people p
left join staff s on s.source_key = p.staff_key
left join lateral (
  select t.name from team_membership m join team t on t.source_key = m.team_key
  where m.staff_key = p.staff_key and not m.deleted and m.occurred_at < @to and (m.ended_at is null or m.ended_at >= @to)
  order by m.occurred_at desc, m.source_key limit 1
) t on true
order by coalesce(s.name, p.staff_key), p.staff_key
