-- What a checklist is made of, as of the cut-off. Grain: one row. Parameters: @from, @to (instants of the quarter), @cut_off.
select
  (select coalesce(array_agg(source order by source), '{}') from (
    select source from batch where known_at <= @cut_off group by source
    having bool_or(committed_at >= @from - interval '90 days') and max(known_at) < @to
      and exists (select from batch b where b.source = batch.source and b.known_at >= @from - interval '90 days' and b.known_at < @to)
  ) stale) as stale_sources,
  (select count(distinct source) from batch where known_at <= @cut_off) as sources,
  (select count(*) from dirty_account) as dirty,
  (select count(*) from quarantine where resolved_at is null and rejected_at <= @cut_off) as waiting,
  (select count(*) from commitment where kind = 'spot_check' and opened_at >= @from and opened_at < @to) as drawn,
  (select count(*) from commitment where kind = 'spot_check' and opened_at >= @from and opened_at < @to
    and (fulfilled_at is null or fulfilled_at > @cut_off) and (excused_at is null or excused_at > @cut_off)) as not_checked,
  -- A quarter's audits open when it is over.
  (select count(*) from commitment where kind = 'project_audit' and opened_at >= @to and opened_at < @to + interval '1 day') as to_audit,
  (select count(*) from commitment where kind = 'project_audit' and opened_at >= @to and opened_at < @to + interval '1 day'
    and (fulfilled_at is null or fulfilled_at > @cut_off) and (excused_at is null or excused_at > @cut_off)) as not_audited
