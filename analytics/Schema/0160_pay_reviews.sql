-- Which statements were reviewed since a run was last sent is asked for each of them: at once, however many steps a run of thousands has.
create index pay_step_reviewed on pay_step (run_id, staff_key, step_id) where step = 'reviewed';
create index pay_step_sent on pay_step (run_id, step_id) where step = 'sent';
