-- Scores. Grain: an answer of the period, and a row for every active account that gave none: they say how large the population is.
-- Output: the columns of observed. Inputs: survey_response, survey_invitation, active_account.
-- @variant: measure/source/occasion/box. Sources are never pooled. Occasion relational or transactional: only these; event: all but relational;
-- nothing: all. Points: 100 for 9 and 10, -100 for 0 to 6; a share: 1 for the top boxes; else the mark itself.
-- A scale is never converted: a score on another is excluded. Of several answers to one invitation the first that can count does, ever.
with wanted as (
  select split_part(@variant, '/', 1) as measure, split_part(@variant, '/', 2) as source, split_part(@variant, '/', 3) as occasion,
    split_part(@variant, '/', 4) as box
),
scales (measure, low, high, top) as (
  values ('nps', 0, 10, 9), ('csat', 1, 5, 4), ('ces', 1, 7, 5)
),
answers as (
  select r.*, w.occasion as wanted_occasion, w.box, c.top, coalesce(r.occasion, i.occasion) as told,
    case
      when (r.scale_min, r.scale_max) <> (c.low, c.high) then 'on a scale from ' || trim_scale(r.scale_min) || ' to ' || trim_scale(r.scale_max)
      when r.score not between c.low and c.high then 'off its own scale'
    end as unusable
  from survey_response r
  join wanted w on w.measure = r.measure and w.source = r.source
  join scales c on c.measure = r.measure
  left join survey_invitation i on i.account_id = r.account_id and i.source_key = r.invitation_key
  where not r.deleted and r.occurred_at <= @as_of
),
numbered as (
  select *, case when invitation_key is not null and unusable is null
      then row_number() over (partition by account_id, invitation_key, unusable is null order by occurred_at, source_key) end as nth
  from answers
),
counted as (
  select account_id, source_key, score, comment, staff_key, source, occurred_at,
    case
      when measure = 'nps' then case when score >= top then 100 when score <= 6 then -100 else 0 end
      when measure = 'csat' or box = 'top' then (score >= top)::integer
      else score
    end::numeric as amount,
    case
      when unusable is not null then unusable
      when nth > 1 then 'answered the invitation again'
      when told is null and wanted_occasion in ('relational', 'transactional') then 'without an occasion'
    end as excluded
  from numbered
  where occurred_at >= @from and occurred_at < @to
    and case wanted_occasion
      when '' then true
      when 'event' then told is distinct from 'relational'
      else told = wanted_occasion or (told is null and measure = 'nps')
    end
),
final as (
  select account_id, 'survey_response' as fact, source_key as row_key, trim_scale(score) || coalesce(': ' || comment, '') as label,
    -- A shopper who deceives on purpose may judge the company, no single person in it.
    case source when 'mystery_shop' then '' else staff_key end as staff_key,
    null::text as team_key, null::text as channel, occurred_at as counted_at, amount, null::numeric as base, null::text as currency,
    null::boolean as finished, excluded
  from counted
  union all
  select a.account_id, 'account', a.source_key, a.name, case w.source when 'mystery_shop' then '' end, null, null, a.counted_at, null, null, null, null, 'without an answer'
  from active_account a
  cross join wanted w
  where a.account_id not in (select account_id from counted)
)
select * from final
