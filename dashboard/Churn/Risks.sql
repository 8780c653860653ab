-- The accounts of a scoring that the viewer may see. Grain: one row per account. @scoring; @text, @segment, @region, @owner, @team, @account:
-- filters, null for all; @now; @order, @descending; @after: the key that the page follows where the order is 'key', null for the first;
-- @skip, @take (null for all). Columns: those of ChurnScores.RiskColumns, then key, name, segment, region, owner's key and name, his team's
-- key and name, overdue commitments, last contact by a person (either direction); then of all that fit: how many there are, how many of
-- them are likelier than not to leave, the value at stake (null in several currencies) and who has most of it. AccountParts puts in the
-- conditions and the shared tables.
with {current_owners},
owed as (
  select c.account_id, count(*) as overdue from commitment c where {owing} and c.due_at < @now group by c.account_id
),
fitting as (
  select r.account_id, r.scoring_id, r.probability, r.risk_rank, r.change_since_week, r.expected_revenue, r.at_stake, r.currency,
    a.source_key, a.name, a.segment, a.region, o.staff_key, p.name as staff_name, m.team_key, t.name as team_name, coalesce(w.overdue, 0) as overdue
  from churn_score r
  join account a on a.account_id = r.account_id
  left join owners o on o.account_id = a.account_id
  left join staff p on p.source_key = o.staff_key
  left join members m on m.staff_key = o.staff_key
  left join team t on t.source_key = m.team_key
  left join owed w on w.account_id = a.account_id
  where r.scoring_id = @scoring and not a.deleted and {in_scope}
    and (@text::text is null or strpos(lower(a.name), lower(@text)) > 0 or lower(a.source_key) = lower(@text))
    and (@segment::text is null or a.segment = @segment)
    and (@region::text is null or a.region = @region)
    and (@owner::text is null or o.staff_key = @owner)
    and (@team::text is null or m.team_key = @team)
    and (@account::text is null or a.source_key = @account)
),
counted as (
  select f.*, count(*) over () as total, count(*) filter (where probability > 0.5) over () as likely,
    case when min(currency) over () = max(currency) over () then sum(at_stake) over () end as stake, min(currency) over () as stake_currency,
    case when max(at_stake) over () > 0 then first_value(name) over (order by at_stake desc nulls last, risk_rank, source_key) end as most,
    -- Looked up for all only where it orders them.
    case when @order = 'last_contact' then {last_contact} end as sorted_contact
  from fitting f
),
page as (
  select *, row_number() over (order by
    case when @order = 'key' then source_key end,
    case when not @descending then case @order when 'owner' then staff_name when 'name' then name end end,
    case when @descending then case @order when 'owner' then staff_name when 'name' then name end end desc nulls last,
    case when not @descending then case @order when 'probability' then probability when 'change' then change_since_week when 'rank' then -risk_rank end end,
    case when @descending then case @order when 'probability' then probability when 'change' then change_since_week when 'rank' then -risk_rank end end desc nulls last,
    case when not @descending then case @order when 'at_stake' then at_stake when 'overdue' then overdue end end nulls first,
    case when @descending then case @order when 'at_stake' then at_stake when 'overdue' then overdue end end desc nulls last,
    case when not @descending then sorted_contact end nulls first,
    case when @descending then sorted_contact end desc nulls last,
    risk_rank, source_key) as place
  from counted
  where @after::text is null or source_key > @after
  order by place
  offset @skip limit @take
)
select f.account_id, f.scoring_id, f.probability, f.risk_rank, f.change_since_week, f.expected_revenue, f.at_stake, f.currency, s.reasons::text,
  f.source_key, f.name, f.segment, f.region, f.staff_key, f.staff_name, f.team_key, f.team_name, f.overdue, {last_contact} as last_contact,
  f.total, f.likely, f.stake, f.stake_currency, f.most
from page f
-- The reasons are long; they are read for the page alone.
join churn_score s on s.account_id = f.account_id and s.scoring_id = f.scoring_id
order by f.place
