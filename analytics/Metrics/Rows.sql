-- The rows that make up a figure. Follows Listed.sql. @sort and @descending order them; @skip, @take page them.
-- @kind, @account and @commitment_key together name one row. Sorted by 'key', an order that rows never change places in, @after_at,
-- @after_key and @after_account (null for the first page) name the row that the page follows.
, rows as (
  select s.*, a.source_key as account, a.name as account_name, n.name as contact_name, about.subject, p.name as staff_name, t.name as team_name
  from listed s
  left join customer a on a.account_id = s.account_id
  left join contact n on n.account_id = s.account_id and n.source_key = s.contact_key
  -- What it is about, from the fact that opened it.
  left join lateral (
    select subject from interaction where @kind in ('respond', 'call_back') and account_id = s.account_id and source_key = s.commitment_key
    union all
    select name from milestone where @kind in ('deliver', 'deliver_current') and account_id = s.account_id and source_key = s.commitment_key
    union all
    select name from project where @kind = 'invoice' and account_id = s.account_id and source_key = s.project_key
    union all
    select content from promise where @kind = 'promise' and account_id = s.account_id and source_key = s.commitment_key
    union all
    select d.name from proposal_request r join deal d on d.account_id = r.account_id and d.source_key = r.deal_key
    where @kind = 'proposal' and r.account_id = s.account_id and r.source_key = s.commitment_key
    union all
    select title from issue where @kind in ('acknowledge_issue', 'resolve_issue') and account_id = s.account_id and source_key = s.commitment_key
  ) about on true
  left join staff p on p.source_key = s.owed_by
  left join team t on t.source_key = s.team_key
  where (@commitment_key::text is null or s.commitment_key = @commitment_key)
    and (not @waiting_only or s.waiting)
    and (@after_at::timestamptz is null or (s.opened_at, s.commitment_key, coalesce(a.source_key, '')) > (@after_at, @after_key::text, @after_account::text))
)
select kind, commitment_key, account, account_name, contact_name, channel, subject, owed_by, staff_name, team_key, team_name,
  opened_at, due_at, case when answered then fulfilled_at end, case when answered then fulfilled_channel end, reminders, status, excused_reason,
  due_next_business_day, business_status, fulfilled_by_key, first_contact_at, source_deleted, excused_by, contact_key, thread_key,
  -- How it ended without being fulfilled, and when.
  case when not answered and fixed_at <= @as_of then outcome end, case when not answered and fixed_at <= @as_of and outcome is not null then fixed_at end
from rows
order by
  case when @sort::text = 'key' then opened_at end, case when @sort::text = 'key' then commitment_key end, case when @sort::text = 'key' then coalesce(account, '') end,
  -- Urgency: what can still be kept by its due time, then what was missed most recently.
  case when @sort::text = 'urgency' then status <> 'pending' end,
  case when @sort::text = 'urgency' and status = 'pending' then due_at end,
  case when @sort::text = 'urgency' then due_at end desc,
  case when not @descending then case @sort::text when 'account' then account_name when 'staff' then staff_name when 'team' then team_name when 'status' then status end end,
  case when @descending then case @sort::text when 'account' then account_name when 'staff' then staff_name when 'team' then team_name when 'status' then status end end desc,
  case when not @descending then case @sort::text when 'due_at' then due_at when 'fulfilled_at' then fulfilled_at when 'opened_at' then opened_at end end,
  case when @descending then case @sort::text when 'due_at' then due_at when 'fulfilled_at' then fulfilled_at when 'opened_at' then opened_at end end desc nulls last,
  opened_at desc, commitment_key
offset @skip limit @take
