-- How long issues take and on whom they wait. Grain: an issue raised in the period. Output: the columns of observed; amounts in elapsed hours,
-- for 'raised' one each. Inputs: issue, issue_state, interaction.
-- @variant: first (until it was first resolved), full (until it was last resolved, while it stays so), ours, customers (hours of waiting), raised.
-- Closing changes nothing: an issue closed without a resolution is as open as before. Of states entered at one instant the resolution is the last.
-- A wait counts as the customer's only where the state names a question of ours that is on record. What is unresolved goes on.
with issues as (
  select account_id, source_key, title, owner_key, channel, occurred_at as opened_at
  from issue
  where not deleted and occurred_at >= @from and occurred_at < @to and occurred_at <= @as_of
),
entered as (
  select s.account_id, s.issue_key, s.source_key, greatest(s.occurred_at, i.opened_at) as from_at, s.state = 'resolved' as resolved,
    s.state = 'pending_customer' and q.source_key is not null as on_customer
  from issue_state s
  join issues i on i.account_id = s.account_id and i.source_key = s.issue_key
  left join interaction q on q.account_id = s.account_id and q.source_key = s.interaction_key and q.direction = 'outbound' and not q.deleted
    and q.occurred_at <= @as_of
  where not s.deleted and s.state <> 'closed' and s.occurred_at <= @as_of
  union all
  select account_id, source_key, '', opened_at, false, false from issues
),
stretches as (
  select *, coalesce(lead(from_at) over states, @as_of) - from_at as lasted, lead(from_at) over states is null as is_last
  from entered
  window states as (partition by account_id, issue_key order by from_at, source_key <> '', resolved, source_key)
),
summed as (
  select account_id, issue_key, min(from_at) filter (where resolved) as first_at, max(from_at) filter (where resolved and is_last) as last_at,
    bool_or(resolved and is_last) as is_resolved,
    coalesce(sum(lasted) filter (where not resolved and not on_customer), interval '0') as ours,
    coalesce(sum(lasted) filter (where on_customer), interval '0') as customers
  from stretches
  group by account_id, issue_key
),
final as (
  select i.account_id, 'issue' as fact, i.source_key as row_key,
    i.title || case when @variant = 'full' and s.last_at > @as_of - interval '168 hours' then ' (provisional: resolved less than 7 days ago)' else '' end as label,
    i.owner_key as staff_key, null::text as team_key, i.channel, i.opened_at as counted_at,
    case when @variant = 'raised' then 1 else extract(epoch from case @variant
      when 'first' then coalesce(s.first_at, @as_of) - i.opened_at
      when 'full' then coalesce(s.last_at, @as_of) - i.opened_at
      when 'ours' then s.ours
      when 'customers' then s.customers
    end) / 3600 end as amount,
    null::numeric as base, null::text as currency,
    case @variant when 'raised' then null when 'first' then s.first_at is not null else s.is_resolved end as finished,
    null::text as excluded
  from issues i
  join summed s on s.account_id = i.account_id and s.issue_key = i.source_key
)
select * from final
