-- The login roles of the six services, and of the processes that answer readers of the public site. scripts/migrate.mjs runs this file and sets the passwords; where the owner of
-- the database may not create roles, an administrator of the server runs it first: psql -f docker/roles.sql
-- and sets each password by hand: alter role sunward_gateway password '…'. What a role may do is granted by
-- scripts/migrate.mjs, which owns the schemas. Safe to repeat.
do $$
declare
  login text;
begin
  foreach login in array array['gateway', 'drafting', 'review', 'approval', 'publication', 'ledger', 'site'] loop
    begin
      if not exists (select from pg_roles where rolname = 'sunward_' || login) then
        execute format('create role %I login', 'sunward_' || login);
      end if;
    exception
      when duplicate_object or unique_violation then null; -- another installation on this server was quicker
    end;
  end loop;
end
$$;
