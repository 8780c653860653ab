-- What there is to draw from for audits. @accounts, @projects: ids of the customers and keys of their projects, side by side; @from, @to: the
-- audited quarter. Grain: one row per communication that took place in it and per commitment that opened in it.
-- Columns: account_id, project, sort, kind (null for communications), key, at.
with asked as (
  select distinct account_id, project_key from unnest(@accounts::bigint[], @projects::text[]) as a(account_id, project_key)
)
select a.account_id, a.project_key, 'communication', null, i.source_key, i.occurred_at
from asked a
join interaction i on i.account_id = a.account_id and i.project_key = a.project_key and i.occurred_at >= @from and i.occurred_at < @to
  and not i.deleted and not i.automatic and not i.bulk and i.direction <> 'internal' and i.kind in ('message', 'call', 'voicemail', 'meeting')
union all
-- A delivery is one commitment, by its first date.
select a.account_id, a.project_key, 'commitment', c.kind, c.commitment_key, c.opened_at
from asked a
join commitment c on c.account_id = a.account_id and c.project_key = a.project_key and c.opened_at >= @from and c.opened_at < @to
  and c.kind not in ('project_audit', 'deliver_current')
