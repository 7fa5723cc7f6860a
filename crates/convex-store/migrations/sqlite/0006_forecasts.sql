-- Forecasts as they were made, and the record of the walk through history. Nothing here is ever changed or removed, so
-- that nobody can rewrite what was said.
--
-- Instants are microseconds since 1970-01-01 UTC, days are days since 1970-01-01. Bodies are JSON, as the API answers it.

create table forecasts (
    target text not null,             -- 'iwm', or 'dia-vs-iwm'
    day    integer not null,          -- the last observation it rests on
    method text not null,             -- by what rules it was made
    made   integer not null,          -- when; long after the day where it was made from history
    inputs text not null,             -- the series and their versions: 'dia 12, iwm 14'
    body   text not null,
    primary key (target, day, method)
) without rowid;

create table scorecards (
    day    integer not null,          -- the newest day of any series in it
    method text not null,
    made   integer not null,
    body   text not null,
    primary key (day, method, made)
) without rowid;

create trigger forecasts_stay before update on forecasts
begin
    select raise(abort, 'forecasts are append-only');
end;
create trigger forecasts_are_kept before delete on forecasts
begin
    select raise(abort, 'forecasts are append-only');
end;
create trigger scorecards_stay before update on scorecards
begin
    select raise(abort, 'scorecards are append-only');
end;
create trigger scorecards_are_kept before delete on scorecards
begin
    select raise(abort, 'scorecards are append-only');
end;
