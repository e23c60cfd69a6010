-- The roles stay: they belong to the server and other databases may use them.
DROP EXTENSION btree_gin;
DO $$
BEGIN
    IF (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
        GRANT EXECUTE ON FUNCTION
            pg_cancel_backend(integer), pg_terminate_backend(integer, bigint),
            lo_creat(integer), lo_create(oid), lo_from_bytea(oid, bytea), lo_open(oid, integer),
            lo_get(oid), lo_get(oid, bigint, integer), lo_put(oid, bigint, bytea), lo_unlink(oid)
            TO PUBLIC;
        REVOKE USAGE ON LANGUAGE plpgsql FROM ghostworks_owner;
        GRANT USAGE ON LANGUAGE plpgsql TO PUBLIC;
    END IF;
END
$$;
ALTER DEFAULT PRIVILEGES FOR ROLE ghostworks_owner GRANT EXECUTE ON FUNCTIONS TO PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE ghostworks_owner GRANT USAGE ON TYPES TO PUBLIC;
DROP SCHEMA app;
REVOKE ALL ON SCHEMA public FROM ghostworks_owner, authenticated_users, ghostworks_guard,
    ghostworks_search, ghostworks_stats, ghostworks_retention;
GRANT USAGE ON SCHEMA public TO PUBLIC;
DO $$
BEGIN
    EXECUTE format(
        'REVOKE ALL ON DATABASE %I FROM ghostworks_owner, ghostworks_app, ghostworks_reader',
        current_database());
    EXECUTE format('GRANT CONNECT, TEMPORARY ON DATABASE %I TO PUBLIC', current_database());
END
$$;
