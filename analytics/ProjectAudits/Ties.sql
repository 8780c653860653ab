-- What binds people to projects. @accounts, @projects: ids of the customers and keys of their projects, side by side; @people: staff keys;
-- @now; @from: when the audited quarter began.
-- Grain: one row per project and person who is bound to it in any way; who is in no row is not.
-- Columns: account_id, project, person, manages, cost entries, hours, communications, commitments, credited share, responsible for the customer, leads the manager.
with asked as (
  select distinct account_id, project_key from unnest(@accounts::bigint[], @projects::text[]) as a(account_id, project_key)
),
bound as (
  select a.account_id, a.project_key, p.manager_key as staff_key, 'manages' as how, 1::bigint as n, null::numeric as size
  from asked a join project p on p.account_id = a.account_id and p.source_key = a.project_key
  union all
  select a.account_id, a.project_key, s.manager_key, 'leads', 1, null
  from asked a
  join project p on p.account_id = a.account_id and p.source_key = a.project_key
  join staff s on s.source_key = p.manager_key and not s.deleted
  union all
  select a.account_id, a.project_key, c.staff_key, 'cost', count(*), sum(c.hours)
  from asked a join cost_entry c on c.account_id = a.account_id and c.project_key = a.project_key and not c.deleted and c.staff_key = any (@people)
  group by 1, 2, 3
  union all
  select a.account_id, a.project_key, i.staff_key, 'communication', count(*), null
  from asked a join interaction i on i.account_id = a.account_id and i.project_key = a.project_key and not i.deleted and i.staff_key = any (@people)
  group by 1, 2, 3
  union all
  select a.account_id, a.project_key, c.owed_by, 'commitment', count(*), null
  from asked a
  -- The date of a finding binds to what was found, and an audit to nobody.
  join commitment c on c.account_id = a.account_id and c.project_key = a.project_key and c.owed_by = any (@people)
    and c.kind <> 'project_audit' and not starts_with(c.commitment_key, @own)
  group by 1, 2, 3
  union all
  select a.account_id, a.project_key, x.staff_key, 'credit', 1, sum(x.share)
  from asked a
  join customer u on u.account_id = a.account_id
  join credit_split x on x.account_key = u.source_key and x.replaced_at is null and (x.to_day is null or x.to_day > @from::date)
  group by 1, 2, 3
  union all
  select a.account_id, a.project_key, x.staff_key, 'account', 1, null
  from asked a
  join account_assignment x on x.account_id = a.account_id and not x.deleted and x.occurred_at <= @now and (x.ended_at is null or x.ended_at > @from)
)
select account_id, project_key, staff_key, bool_or(how = 'manages'), coalesce(sum(n) filter (where how = 'cost'), 0)::bigint, sum(size) filter (where how = 'cost'),
  coalesce(sum(n) filter (where how = 'communication'), 0)::bigint, coalesce(sum(n) filter (where how = 'commitment'), 0)::bigint,
  max(size) filter (where how = 'credit'), bool_or(how = 'account'), bool_or(how = 'leads')
from bound
where staff_key = any (@people)
group by account_id, project_key, staff_key
