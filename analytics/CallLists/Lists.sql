-- Call lists, the newest first. Grain: one row per list. @list: only this one, null for all; @limit; @teams, @staff: a viewer's limits, null
-- for none. A team's list is seen whole by its managers, a person's by him and by the managers of his teams; of any other list with customers
-- of theirs to call, managers and persons see those customers and no more.
-- Columns: the list, its scoring and model, whose it is, its accounts in sight counted by what became of them, and whether it is seen whole.
select l.call_list_id, l.made_at, l.made_by, l.scoring_id, s.as_of, s.basis, s.basis_reason, l.team_key, l.staff_key, l.capacity, l.quiet_days, l.weekly,
  coalesce(t.name, p.name, l.team_key, l.staff_key) as whose, l.closed_at,
  n.calls, n.done, n.held_out, n.not_reached, n.suppressed::text, m.model_id, m.artefact_sha256, v.whole
from call_list l
join churn_scoring s using (scoring_id)
join churn_model m using (model_id)
left join team t on t.source_key = l.team_key
left join staff p on p.source_key = l.staff_key
cross join lateral (
  select (@teams::text[] is null and @staff::text is null)
    or (@teams::text[] is not null and (l.team_key = any (@teams)
      or l.staff_key in (select staff_key from team_membership where team_key = any (@teams) and not deleted)) is true)
    or (@staff::text is not null and l.staff_key = @staff) is true as whole
) v
cross join lateral (
  select coalesce(sum(g.accounts) filter (where fate = 'call'), 0)::bigint as calls, coalesce(sum(g.done), 0)::bigint as done,
    coalesce(sum(g.accounts) filter (where fate = 'held_out'), 0)::bigint as held_out,
    coalesce(sum(g.accounts) filter (where fate = 'not_reached'), 0)::bigint as not_reached,
    coalesce(jsonb_object_agg(g.reason, g.accounts) filter (where fate = 'suppressed'), '{}') as suppressed
  from (
    select fate, reason, count(*) as accounts,
      count(*) filter (where fate = 'call' and exists (
        select from interaction i
        where i.account_id = a.account_id and i.occurred_at >= l.made_at and (l.closed_at is null or i.occurred_at < l.closed_at)
          and not i.deleted and i.direction = 'outbound' and not i.automatic and not i.bulk)) as done
    from call_list_account a
    where a.call_list_id = l.call_list_id and (v.whole or {in_sight})
    group by fate, reason) g
) n
where (@list::bigint is null or l.call_list_id = @list)
  and (v.whole or n.calls > 0)
order by l.made_at desc, l.call_list_id desc
limit @limit
