-- One guard and one entry instead of twins: both give the stamp, and whoever needs none does not
-- read it.
DROP FUNCTION app.guard(uuid, integer);
ALTER FUNCTION app.guard_stamped(uuid, integer) RENAME TO guard;
SET ROLE ghostworks_owner;
DROP FUNCTION app.enter_stamped(text, uuid, integer);
DROP FUNCTION app.enter(text, uuid, integer);

-- Sets the context and asks the guard in one statement: what each request sends first.
CREATE FUNCTION app.enter(context text, session uuid, permission integer,
    OUT role_key text, OUT access_stamp uuid)
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    context := set_config('app.context', context, true);
    SELECT g.role_key, g.access_stamp INTO role_key, access_stamp
    FROM app.guard(session, permission) AS g;
END
$$;
GRANT EXECUTE ON FUNCTION app.enter(text, uuid, integer) TO authenticated_users;
RESET ROLE;
