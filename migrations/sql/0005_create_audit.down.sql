DROP FUNCTION app.audit_load(uuid[], timestamptz[], uuid[], text[], text[], text[], text[], text[],
    text[], text[], jsonb[]);
DROP FUNCTION app.record_platform(uuid, uuid, text, text, text, text, text, text, text);
DROP FUNCTION app.record(
    uuid, uuid, text, text, text, text, text, text, text, text, jsonb, text);
DROP FUNCTION app.open_ledger();
SET ROLE ghostworks_owner;
DROP TABLE platform_audit_events, platform_chain_head, tenant_events, audit_events, tenant_heads;
DROP FUNCTION app.refuse_change();
DROP FUNCTION app.actor_kind(app.context_claims);
DROP FUNCTION app.audit_hash(bytea, bigint, uuid, timestamptz, bytea);
DROP FUNCTION app.audit_payload_hash(uuid, text, uuid, uuid, uuid, uuid, text, text, text, text,
    text, text, text, bytea);
DROP FUNCTION app.encode_field(bytea);
REVOKE USAGE ON TYPE app.context_claims FROM ghostworks_audit;
DELETE FROM app.partitioned
WHERE table_name IN ('audit_events', 'tenant_events', 'platform_audit_events');
DELETE FROM app.walls WHERE table_name IN ('public.platform_audit_events',
    'public.platform_chain_head', 'public.tenant_events', 'public.audit_events',
    'public.tenant_heads');
RESET ROLE;
