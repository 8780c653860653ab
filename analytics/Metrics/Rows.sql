-- The rows that make up a figure. Follows Listed.sql. The placeholder orders them; @skip, @take page them.
-- @kind, @account and @commitment_key together name one row. In the order by key @after_at, @after_key and @after_account (null for the
-- first page) name the row that the page follows; @skip then passes over those of the same place that were there before.
-- Each row looks up its own names, so that the first is there at once, however many follow in an order that an index has.
select s.kind, s.commitment_key, a.source_key as account, a.name as account_name, n.name as contact_name, s.channel, about.subject,
  s.owed_by, p.name as staff_name, s.team_key, t.name as team_name,
  s.opened_at, s.due_at, case when s.answered then s.fulfilled_at end, case when s.answered then s.fulfilled_channel end, s.reminders, s.status, s.excused_reason,
  s.due_next_business_day, s.business_status, s.fulfilled_by_key, s.first_contact_at, s.source_deleted, s.excused_by, s.contact_key, s.thread_key,
  -- How it ended without being fulfilled, and when.
  case when not s.answered and s.fixed_at <= @as_of then s.outcome end,
  case when not s.answered and s.fixed_at <= @as_of and s.outcome is not null then s.fixed_at end,
  s.amount, s.currency
from listed s
left join lateral (select source_key, name from account where account_id = s.account_id order by source_key limit 1) a on true
left join lateral (select name from contact where account_id = s.account_id and source_key = s.contact_key limit 1) n on true
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
  and (@after_at::timestamptz is null or (s.opened_at, s.commitment_key, coalesce(a.source_key, '')) >= (@after_at, @after_key::text, @after_account::text))
order by {order}
offset @skip limit @take
