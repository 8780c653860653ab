-- Tokens whose program also takes the steps of pay runs, or signs quarters, as far as its user may; one that only reads stays as narrow as it was.
alter table api_token drop constraint api_token_scope_check;
alter table api_token add constraint api_token_scope_check
  check (scope in ('ingest', 'read', 'pay', 'sign') and (scope = 'ingest') = (user_id is null));
