-- Tokens whose program also takes the steps of project audits, as far as its user may.
alter table api_token drop constraint api_token_scope_check;
alter table api_token add constraint api_token_scope_check
  check (scope in ('ingest', 'read', 'pay', 'sign', 'audit') and (scope = 'ingest') = (user_id is null));
