-- Figures of past months in quarters that are still open, as they were first seen and as they were seen last: history that moves is noticed.
create table settled_figure (
  metric text not null,
  month date not null,
  first_value double precision,
  first_n bigint not null,
  first_seen_at timestamptz not null,
  last_value double precision,
  last_n bigint not null,
  last_seen_at timestamptz not null,
  primary key (metric, month)
);
