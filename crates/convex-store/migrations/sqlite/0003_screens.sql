-- The tested list of each day, as it was first made. Nothing here is ever changed or removed, so that what became of past
-- alarms can be counted.
--
-- Instants are microseconds since 1970-01-01 UTC, days are days since 1970-01-01. The view at the end shows them as text.

create table screens (
    day    integer not null,          -- the newest day of any pair in the list
    method text not null,             -- by what rules it was made
    made   integer not null,          -- when; long after the day where it was made from history
    tests  integer not null,          -- tests judged together
    worlds integer not null,          -- resampled pasts behind each
    primary key (day, method)
) without rowid;

create table screen_tests (
    day       integer not null,
    method    text not null,
    a         text not null,
    b         text not null,
    question  text not null,          -- 'divergence', 'correlation_change' or 'move'
    last      integer not null,       -- the pair's last common day
    statistic real not null,
    p         real not null,          -- of the pair alone
    p_family  real not null,          -- in the company of all tests of the list
    q         real not null,
    primary key (day, method, a, b, question)
) without rowid;

create trigger screens_stay before update on screens
begin
    select raise(abort, 'the lists of past days are append-only');
end;
create trigger screens_are_kept before delete on screens
begin
    select raise(abort, 'the lists of past days are append-only');
end;
create trigger screen_tests_stay before update on screen_tests
begin
    select raise(abort, 'the lists of past days are append-only');
end;
create trigger screen_tests_are_kept before delete on screen_tests
begin
    select raise(abort, 'the lists of past days are append-only');
end;

-- What was marked on which day:  select * from screen_alarms order by day;
create view screen_alarms as
select date(t.day * 86400, 'unixepoch') as day,
       t.a, t.b, t.question, t.statistic, t.p, t.p_family, t.q,
       strftime('%Y-%m-%dT%H:%M:%fZ', s.made / 1e6, 'unixepoch') as made
from screen_tests t
join screens s on s.day = t.day and s.method = t.method
where t.p_family <= 0.05;
