SET ROLE ghostworks_owner;
DROP TABLE idempotency_keys, support_sessions, user_tenants, memberships, tenant_quotas,
    tenant_counters, tenant_stats, tenant_slug_history, tenant_directory, tenants;
DELETE FROM app.walls WHERE table_name IN ('public.idempotency_keys', 'public.support_sessions',
    'public.user_tenants', 'public.memberships', 'public.tenant_quotas', 'public.tenant_counters',
    'public.tenant_stats', 'public.tenant_slug_history', 'public.tenant_directory',
    'public.tenants');
RESET ROLE;
