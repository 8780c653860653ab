-- Findings of project audits. Grain: one row per finding, what is due first at the top. @case, @finding: one audit's, or one; null for all.
-- @quarter: the last day of a calendar quarter, null for all. @viewer_teams, @viewer_staff: the viewer's limits, null for none: he sees what
-- he owns, or what is owned by who is in his teams at @now.
select d.finding_id, k.case_id, a.source_key, a.name, k.commitment_key, k.project_key, coalesce(p.name, k.project_key), k.quarter,
  k.auditor_key, coalesce(n.name, k.auditor_key), d.item_id, i.sort, i.place, d.severity, d.words, d.owner_key, coalesce(o.name, d.owner_key),
  d.due_on, d.due_at, d.raised_at, d.raised_by, d.answer, d.answered_at, d.answered_by, d.closing, d.closed_at, d.closed_by, i.kind, i.item_key
from audit_finding d
join audit_case k using (case_id)
left join account_merge m on m.account_id = k.account_id and m.undone_at is null
join customer a on a.account_id = coalesce(m.survivor_id, k.account_id)
left join project p on p.account_id = a.account_id and p.source_key = k.project_key
left join audit_item i on i.item_id = d.item_id
left join staff n on n.source_key = k.auditor_key
left join staff o on o.source_key = d.owner_key
where (@case::bigint is null or k.case_id = @case) and (@finding::bigint is null or d.finding_id = @finding)
  and (@quarter::date is null or k.quarter = @quarter)
  and (@viewer_staff::text is null or d.owner_key = @viewer_staff)
  and (@viewer_teams::text[] is null or exists (
    select from team_membership t
    where t.staff_key = d.owner_key and t.team_key = any (@viewer_teams) and not t.deleted and t.occurred_at <= @now and (t.ended_at is null or @now < t.ended_at)))
order by d.closed_at is not null, d.due_at, d.finding_id
