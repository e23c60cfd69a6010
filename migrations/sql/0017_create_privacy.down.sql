DROP FUNCTION app.forget_member(uuid);
DROP FUNCTION app.erase_person(uuid, text);
DROP FUNCTION app.subject_tenants(uuid);
DROP FUNCTION app.erasure_obstacle(uuid);
SET ROLE ghostworks_owner;
DO $$
DECLARE
    erased text;
BEGIN
    FOR erased IN SELECT e.table_name FROM app.erasures AS e
            UNION ALL VALUES ('users'), ('mail_outbox'), ('memberships') LOOP
        EXECUTE format('DROP POLICY ghostworks_guard_erase ON public.%I', erased);
        EXECUTE format('REVOKE DELETE ON public.%I FROM ghostworks_guard', erased);
    END LOOP;
END
$$;
DROP POLICY ghostworks_guard ON mail_outbox;
REVOKE SELECT ON mail_outbox FROM ghostworks_guard;
REVOKE UPDATE (email, email_norm, display_name, password_hash, email_verified_at, status,
    default_tenant_id, locale, version, updated_at, erased_at) ON users FROM ghostworks_guard;
DROP PROCEDURE app.erase_with_person(text, text);
DROP TABLE app.erasures;
DROP TABLE legal_holds;
DROP TABLE data_subject_requests;
DELETE FROM app.walls WHERE table_name IN
    ('public.data_subject_requests', 'public.legal_holds', 'app.erasures');
RESET ROLE;
