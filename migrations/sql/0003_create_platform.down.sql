SET ROLE ghostworks_owner;
DROP TABLE signing_keys, sessions, platform_roles, users, role_permissions, roles_system,
    permissions, plan_limits, plans;
DELETE FROM app.walls WHERE table_name IN ('public.signing_keys', 'public.sessions',
    'public.platform_roles', 'public.users', 'public.role_permissions', 'public.roles_system',
    'public.permissions', 'public.plan_limits', 'public.plans');
RESET ROLE;
