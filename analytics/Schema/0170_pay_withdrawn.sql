-- A reviewer can take his review back while the run is under review; what he did stays in the list of steps.
alter table pay_step drop constraint pay_step_step_check;
alter table pay_step add constraint pay_step_step_check
  check (step in ('prepared', 'recalculated', 'released', 'sent', 'sent_back', 'reviewed', 'withdrawn', 'approved', 'abandoned'));
create index pay_step_withdrawn on pay_step (run_id, staff_key, step_id) where step = 'withdrawn';

-- Which statements of a run hold a line is asked on its page: of thousands only those are opened.
create index pay_statement_held on pay_statement (run_id) where document::text like '%"state":"held"%';
