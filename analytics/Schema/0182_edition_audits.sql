-- How the audits of a quarter's projects stood, and what they had found, when the first signature fixed the cut-off: part of an edition from
-- now on. Audits go on after the close; what was reported of them does not. Editions written before have none of it.

create table closing_audit (
  closing_id bigint not null references closing,
  file text not null check (file in ('audits', 'findings')),
  -- As JSON: an audited project with its audit, or a finding.
  line text not null
);
create index closing_audit_by_closing on closing_audit (closing_id, file);
create trigger closing_audit_stands before update or delete or truncate on closing_audit for each statement execute function refuse_change();

alter view edition_line rename to edition_line_without_audits;
create view edition_line as
select edition_id, file, line from edition_line_without_audits
union all
select c.edition_id, a.file, a.line from closing c join closing_audit a using (closing_id);
