-- The roles of the platform. They belong to the server, not to one database, so each is made only
-- when it is missing and none is dropped on the way down.
DO $$
DECLARE
    wanted record;
BEGIN
    FOR wanted IN
        SELECT * FROM (VALUES
            ('ghostworks_owner', 'NOLOGIN NOINHERIT'),
            ('authenticated_users', 'NOLOGIN'),
            ('ghostworks_app', 'LOGIN'),
            ('ghostworks_reader', 'LOGIN'),
            ('ghostworks_audit', 'NOLOGIN'),
            ('ghostworks_guard', 'NOLOGIN'),
            ('ghostworks_search', 'NOLOGIN'),
            ('ghostworks_stats', 'NOLOGIN'),
            ('ghostworks_retention', 'NOLOGIN')
        ) AS roles (name, attributes)
    LOOP
        BEGIN
            EXECUTE format(
                'CREATE ROLE %I %s NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS',
                wanted.name, wanted.attributes);
        EXCEPTION
            -- Another database of this server, or another migrator, was first.
            WHEN duplicate_object OR unique_violation THEN NULL;
        END;
    END LOOP;
END
$$;

-- Serialises the grants below between databases of one server: concurrent GRANTs on one role
-- otherwise fail with "tuple concurrently updated". Advisory locks are per database, so it is a lock
-- on the shared catalogue. An administrator who is no superuser may not take it, and goes without.
DO $$
BEGIN
    LOCK TABLE pg_catalog.pg_auth_members IN SHARE ROW EXCLUSIVE MODE;
EXCEPTION
    WHEN insufficient_privilege THEN NULL;
END
$$;

DO $$
DECLARE
    member record;
BEGIN
    FOR member IN
        SELECT * FROM (VALUES
            ('authenticated_users', 'ghostworks_app'),
            ('authenticated_users', 'ghostworks_reader'),
            ('authenticated_users', 'ghostworks_audit')
        ) AS pairs (parent, child)
    LOOP
        IF NOT EXISTS (
            SELECT FROM pg_auth_members AS m
            WHERE m.roleid = member.parent::regrole AND m.member = member.child::regrole
        ) THEN
            EXECUTE format('GRANT %I TO %I', member.parent, member.child);
        END IF;
    END LOOP;
    -- An administrator who is no superuser must be able to hand objects to their owners.
    IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
        EXECUTE format(
            'GRANT ghostworks_owner, ghostworks_audit, ghostworks_guard, ghostworks_search,'
            ' ghostworks_stats, ghostworks_retention TO %I', current_user);
    END IF;
END
$$;

DO $$
DECLARE
    setting record;
BEGIN
    FOR setting IN
        SELECT * FROM (VALUES
            ('ghostworks_app', 'statement_timeout', '30s'),
            ('ghostworks_app', 'lock_timeout', '5s'),
            ('ghostworks_app', 'idle_in_transaction_session_timeout', '30s'),
            ('ghostworks_reader', 'statement_timeout', '30s'),
            ('ghostworks_reader', 'lock_timeout', '5s'),
            ('ghostworks_reader', 'idle_in_transaction_session_timeout', '30s'),
            ('ghostworks_reader', 'default_transaction_read_only', 'on')
        ) AS settings (role, name, value)
    LOOP
        IF NOT EXISTS (
            SELECT FROM pg_db_role_setting AS s
            WHERE s.setdatabase = 0 AND s.setrole = setting.role::regrole
              AND setting.name || '=' || setting.value = ANY (s.setconfig)
        ) THEN
            EXECUTE format('ALTER ROLE %I SET %I = %L', setting.role, setting.name, setting.value);
        END IF;
    END LOOP;
END
$$;

-- What the owner may do in this database, and what nobody else may.
DO $$
BEGIN
    EXECUTE format('GRANT CREATE, CONNECT ON DATABASE %I TO ghostworks_owner', current_database());
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format(
        'GRANT CONNECT ON DATABASE %I TO ghostworks_app, ghostworks_reader', current_database());
END
$$;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO ghostworks_owner;
GRANT USAGE ON SCHEMA public TO authenticated_users, ghostworks_guard, ghostworks_search,
    ghostworks_stats, ghostworks_retention;
CREATE SCHEMA app AUTHORIZATION ghostworks_owner;
GRANT USAGE ON SCHEMA app TO authenticated_users, ghostworks_guard, ghostworks_search,
    ghostworks_stats, ghostworks_retention;

ALTER DEFAULT PRIVILEGES FOR ROLE ghostworks_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE ghostworks_owner REVOKE USAGE ON TYPES FROM PUBLIC;

-- What no statement of ours needs and an injected one would use: stopping other people's sessions,
-- large objects (they know no tenant), code in DO blocks. Only a superuser may take these away from
-- PUBLIC; an administrator who is none goes without.
DO $$
BEGIN
    IF (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
        REVOKE EXECUTE ON FUNCTION
            pg_cancel_backend(integer), pg_terminate_backend(integer, bigint),
            lo_creat(integer), lo_create(oid), lo_from_bytea(oid, bytea), lo_open(oid, integer),
            lo_get(oid), lo_get(oid, bigint, integer), lo_put(oid, bigint, bytea), lo_unlink(oid)
            FROM PUBLIC;
        REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC;
        GRANT USAGE ON LANGUAGE plpgsql TO ghostworks_owner;
    END IF;
END
$$;

-- btree_gin lets one GIN index hold the tenant and the words of an artifact.
CREATE EXTENSION IF NOT EXISTS btree_gin SCHEMA public;
