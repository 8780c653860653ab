-- Whether a statement was reviewed since its run was last sent, by somebody who has not taken that back. A condition, to be put into a
-- statement; {s}: the name of pay_statement in it.
exists (
  select from pay_step p
  where p.run_id = {s}.run_id and p.step = 'reviewed' and p.staff_key = {s}.staff_key and p.step_id > greatest(
    (select max(t.step_id) from pay_step t where t.run_id = {s}.run_id and t.step = 'sent'),
    (select max(w.step_id) from pay_step w where w.run_id = {s}.run_id and w.step = 'withdrawn' and w.staff_key = {s}.staff_key), 0))
