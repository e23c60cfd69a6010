-- The self-check: every gap in the walls as a sentence. Empty on a sound database. Read by the
-- coverage test, by `doctor`, and by every process before it serves.
SET ROLE ghostworks_owner;

CREATE FUNCTION app.wall_problems() RETURNS TABLE (object text, problem text)
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
    WITH ours AS (
        SELECT r.oid, r.rolname, r.rolsuper, r.rolbypassrls, r.rolcreaterole, r.rolreplication,
            r.rolname IN ('ghostworks_app', 'ghostworks_reader') AS enters,
            r.rolname IN ('ghostworks_guard', 'ghostworks_search', 'ghostworks_stats',
                'ghostworks_retention') AS crosses
        FROM pg_roles AS r
        WHERE r.rolname IN ('ghostworks_owner', 'authenticated_users', 'ghostworks_app',
            'ghostworks_reader', 'ghostworks_audit', 'ghostworks_guard', 'ghostworks_search',
            'ghostworks_stats', 'ghostworks_retention')
    ),
    -- Ours, and every other one that the application's roles can look into.
    schemas AS (
        SELECT n.oid, n.nspname FROM pg_namespace AS n
        WHERE n.nspname IN ('public', 'app')
           OR (n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
               AND EXISTS (SELECT FROM ours AS o
                   WHERE o.enters AND has_schema_privilege(o.oid, n.oid, 'USAGE')))
    ),
    tables AS (
        SELECT c.oid, n.nspname || '.' || c.relname AS name, c.relkind, c.relispartition,
            c.relrowsecurity, c.relforcerowsecurity, c.relacl, c.relowner
        FROM pg_class AS c
        JOIN schemas AS n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p', 'm', 'v', 'f')
          AND NOT EXISTS (SELECT FROM pg_depend AS d
              WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
    ),
    grants AS (
        SELECT t.oid, a.grantee, a.privilege_type
        FROM tables AS t, aclexplode(t.relacl) AS a
        WHERE a.grantee <> t.relowner
        UNION
        SELECT t.oid, a.grantee, a.privilege_type
        FROM tables AS t
        JOIN pg_attribute AS c ON c.attrelid = t.oid, aclexplode(c.attacl) AS a
        WHERE a.grantee <> t.relowner
    ),
    registered AS (
        SELECT t.*, w.kind, w.tenant_column, w.expression, w.write_expression,
            (SELECT a.attnum FROM pg_attribute AS a
             WHERE a.attrelid = t.oid AND a.attname = w.tenant_column) AS tenant_attnum
        FROM tables AS t
        JOIN app.walls AS w ON w.table_name = t.name
    ),
    walled AS (
        SELECT * FROM registered WHERE kind IN ('tenant', 'global')
    ),
    definers AS (
        SELECT p.oid, p.oid::regprocedure::text AS name, p.proowner, p.proconfig, p.proacl
        FROM pg_proc AS p
        JOIN schemas AS n ON n.oid = p.pronamespace
        WHERE p.prosecdef
          AND NOT EXISTS (SELECT FROM pg_depend AS d
              WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
    )
    SELECT t.name, 'is not registered: no wall was decided for it'
    FROM tables AS t
    WHERE t.relkind IN ('r', 'p') AND NOT t.relispartition
      AND t.name <> 'public.schema_migrations'
      AND NOT EXISTS (SELECT FROM app.walls AS w WHERE w.table_name = t.name)
    UNION ALL
    SELECT w.name, 'lacks ROW LEVEL SECURITY' FROM walled AS w WHERE NOT w.relrowsecurity
    UNION ALL
    SELECT w.name, 'lacks FORCE ROW LEVEL SECURITY' FROM walled AS w
    WHERE NOT w.relforcerowsecurity
    UNION ALL
    SELECT w.name, 'has not exactly one policy for authenticated_users, the wall as it was raised'
    FROM walled AS w
    WHERE 1 <> (SELECT count(*) FROM pg_policy AS p
            WHERE p.polrelid = w.oid
              AND (p.polroles = '{0}'
                  OR p.polroles && ARRAY['authenticated_users'::regrole::oid,
                      'ghostworks_app'::regrole::oid, 'ghostworks_reader'::regrole::oid]))
       OR NOT EXISTS (SELECT FROM pg_policy AS p
            WHERE p.polrelid = w.oid AND p.polname = 'tenant_isolation' AND p.polpermissive
              AND p.polcmd = '*' AND p.polroles = ARRAY['authenticated_users'::regrole::oid]
              AND pg_get_expr(p.polqual, p.polrelid) = w.expression
              AND pg_get_expr(p.polwithcheck, p.polrelid) = w.write_expression)
    UNION ALL
    SELECT w.name, format('has the policy %s for a role that may not cross walls', p.polname)
    FROM walled AS w
    JOIN pg_policy AS p ON p.polrelid = w.oid
    WHERE p.polroles <> ARRAY['authenticated_users'::regrole::oid]
      AND NOT EXISTS (SELECT FROM ours AS o WHERE o.crosses AND p.polroles = ARRAY[o.oid])
    UNION ALL
    SELECT w.name, 'has a tenant wall without the tenant in its condition'
    FROM walled AS w
    WHERE w.kind = 'tenant' AND (w.write_expression IS DISTINCT FROM w.expression OR w.expression
        IS DISTINCT FROM format('(%I = ( SELECT app.tenant_id() AS tenant_id))', w.tenant_column))
    UNION ALL
    SELECT w.name, format('has the unique index %s, which does not begin with the tenant',
        i.indexrelid::regclass)
    FROM walled AS w
    JOIN pg_index AS i ON (i.indisunique OR i.indisexclusion) AND (i.indrelid = w.oid
        OR i.indrelid IN (SELECT t.relid FROM pg_partition_tree(w.oid) AS t))
    WHERE w.kind = 'tenant' AND w.tenant_column IS DISTINCT FROM (
        SELECT a.attname FROM pg_attribute AS a
        WHERE a.attrelid = i.indrelid AND a.attnum = i.indkey[0])
    UNION ALL
    SELECT w.name, format('has the foreign key %s, which does not carry the tenant', c.conname)
    FROM walled AS w
    JOIN pg_constraint AS c ON c.conrelid = w.oid AND c.contype = 'f' AND c.conparentid = 0
    JOIN registered AS target ON target.oid = c.confrelid
    WHERE w.kind = 'tenant' AND target.kind = 'tenant'
      AND NOT EXISTS (
          SELECT FROM unnest(c.conkey, c.confkey) AS pair (here, there)
          WHERE pair.here = w.tenant_attnum AND pair.there = target.tenant_attnum)
    UNION ALL
    SELECT t.name, 'is a partition with grants: it would be read without its parent''s wall'
    FROM tables AS t
    WHERE t.relispartition AND EXISTS (SELECT FROM grants AS g WHERE g.oid = t.oid)
    UNION ALL
    SELECT t.name, 'is a partition without its own ENABLE and FORCE ROW LEVEL SECURITY'
    FROM tables AS t
    WHERE t.relispartition AND NOT (t.relrowsecurity AND t.relforcerowsecurity)
      AND EXISTS (SELECT FROM pg_inherits AS i JOIN walled AS w ON w.oid = i.inhparent
          WHERE i.inhrelid = t.oid)
    UNION ALL
    SELECT t.name, 'is a reference table that an application role may write'
    FROM registered AS t
    WHERE t.kind = 'reference'
      AND EXISTS (SELECT FROM grants AS g WHERE g.oid = t.oid AND g.privilege_type <> 'SELECT')
    UNION ALL
    SELECT t.name, 'is an internal table with grants'
    FROM registered AS t
    WHERE t.kind = 'internal' AND EXISTS (SELECT FROM grants AS g WHERE g.oid = t.oid)
    UNION ALL
    SELECT DISTINCT t.name, format('grants %s, which ignores row security', g.privilege_type)
    FROM tables AS t
    JOIN grants AS g ON g.oid = t.oid
    WHERE g.privilege_type IN ('TRUNCATE', 'REFERENCES', 'TRIGGER')
    UNION ALL
    SELECT t.name, 'does not belong to ghostworks_owner: its owner can take the wall down'
    FROM tables AS t
    WHERE t.relowner <> 'ghostworks_owner'::regrole
      AND (t.relispartition OR EXISTS (SELECT FROM registered AS r WHERE r.oid = t.oid))
    UNION ALL
    SELECT t.name, format('lets %s read password hashes', o.rolname)
    FROM tables AS t
    JOIN pg_attribute AS a ON a.attrelid = t.oid AND a.attname = 'password_hash'
    JOIN ours AS o ON o.enters AND has_column_privilege(o.oid, t.oid, a.attnum, 'SELECT')
    UNION ALL
    SELECT t.name, 'is a view without security_invoker'
    FROM tables AS t
    JOIN pg_class AS c ON c.oid = t.oid
    WHERE t.relkind = 'v' AND NOT coalesce(c.reloptions::text[] && ARRAY[
        'security_invoker=true', 'security_invoker=on', 'security_invoker=1'], false)
    UNION ALL
    SELECT t.name, 'is a materialised view or a foreign table: it knows no row security'
    FROM tables AS t WHERE t.relkind IN ('m', 'f')
    UNION ALL
    SELECT w.name, format('has the policy %s, which calls the volatile function %s', p.polname,
        f.oid::regprocedure)
    FROM walled AS w
    JOIN pg_policy AS p ON p.polrelid = w.oid
    JOIN pg_depend AS d ON d.classid = 'pg_policy'::regclass AND d.objid = p.oid
        AND d.refclassid = 'pg_proc'::regclass
    JOIN pg_proc AS f ON f.oid = d.refobjid
    WHERE f.provolatile = 'v'
    UNION ALL
    SELECT d.name, 'is a definer that everybody may call'
    FROM definers AS d
    WHERE d.proacl IS NULL OR EXISTS (SELECT FROM aclexplode(d.proacl) AS a WHERE a.grantee = 0)
    UNION ALL
    SELECT d.name, 'is a definer whose search path the caller chooses'
    FROM definers AS d
    WHERE NOT coalesce('search_path=pg_catalog, pg_temp' = ANY (d.proconfig), false)
    UNION ALL
    SELECT d.name, 'is a definer of a role that is not ours'
    FROM definers AS d
    WHERE NOT EXISTS (SELECT FROM ours AS o WHERE o.oid = d.proowner AND NOT o.enters
        AND NOT o.rolsuper)
    UNION ALL
    SELECT 'schema ' || s.nspname, format('lets %s create objects', o.rolname)
    FROM schemas AS s
    JOIN ours AS o ON o.enters AND has_schema_privilege(o.oid, s.oid, 'CREATE')
    UNION ALL
    SELECT 'database', format('lets %s create schemas and extensions', o.rolname)
    FROM ours AS o
    WHERE o.enters AND has_database_privilege(o.oid, current_database(), 'CREATE')
    UNION ALL
    SELECT o.rolname::text, format('is a member of %s', parent.rolname)
    FROM ours AS o
    JOIN pg_auth_members AS m ON m.member = o.oid
    JOIN pg_roles AS parent ON parent.oid = m.roleid
    WHERE NOT (parent.rolname = 'authenticated_users'
        AND o.rolname IN ('ghostworks_app', 'ghostworks_reader', 'ghostworks_audit'))
    UNION ALL
    SELECT o.rolname::text, 'may create roles or replicate: it can go around the walls'
    FROM ours AS o WHERE o.rolcreaterole OR o.rolreplication
    UNION ALL
    SELECT coalesce(o.rolname::text, 'database'),
        format('has the setting %s, which every connection starts with', s.name)
    FROM (SELECT x.setrole, x.setdatabase, split_part(unnest(x.setconfig), '=', 1) AS name
        FROM pg_db_role_setting AS x) AS s
    LEFT JOIN ours AS o ON o.oid = s.setrole
    WHERE (s.setrole = 0 OR o.enters)
      AND s.setdatabase IN (0, (SELECT d.oid FROM pg_database AS d
          WHERE d.datname = current_database()))
      AND s.name IN ('search_path', 'row_security', 'role', 'app.context')
    UNION ALL
    SELECT r.rolname::text, 'is a superuser or has BYPASSRLS: walls do not hold for it'
    FROM pg_roles AS r
    WHERE (r.rolsuper OR r.rolbypassrls)
      AND (EXISTS (SELECT FROM ours AS o WHERE o.oid = r.oid) OR r.rolname = session_user)
    UNION ALL
    SELECT 'lc_ctype', 'is C: Arabic search would find nothing'
    FROM pg_database AS d
    WHERE d.datname = current_database() AND d.datctype IN ('C', 'POSIX')
      AND d.datlocprovider = 'c'
$$;
GRANT EXECUTE ON FUNCTION app.wall_problems() TO authenticated_users;
RESET ROLE;
