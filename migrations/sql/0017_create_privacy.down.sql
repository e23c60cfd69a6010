DROP FUNCTION app.forget_member(uuid);
DROP FUNCTION app.erase_person(uuid, text);
DROP FUNCTION app.subject_tenants(uuid);
DROP FUNCTION app.erasure_obstacle(uuid);
SET ROLE ghostworks_owner;
DROP POLICY ghostworks_guard_erase ON users;
DROP POLICY ghostworks_guard_forget ON invitations;
REVOKE UPDATE (email, email_norm) ON invitations FROM ghostworks_guard;
DROP POLICY ghostworks_guard_erase ON memberships;
REVOKE DELETE ON memberships FROM ghostworks_guard;
DO $$
DECLARE
    erased record;
BEGIN
    FOR erased IN SELECT e.table_name, e.opened FROM app.erasures AS e LOOP
        EXECUTE format('DROP POLICY ghostworks_guard_erase ON public.%I', erased.table_name);
        EXECUTE format('REVOKE DELETE ON public.%I FROM ghostworks_guard', erased.table_name);
        IF erased.opened THEN
            EXECUTE format('DROP POLICY ghostworks_guard ON public.%I', erased.table_name);
            EXECUTE format('REVOKE SELECT ON public.%I FROM ghostworks_guard',
                erased.table_name);
        END IF;
    END LOOP;
END
$$;
REVOKE UPDATE (email, email_norm, display_name, password_hash, email_verified_at, status,
    default_tenant_id, locale, version, updated_at, erased_at) ON users FROM ghostworks_guard;
DROP PROCEDURE app.erase_with_person(text, text);
DROP TABLE app.erasures;
DROP TABLE legal_holds;
DROP TABLE data_subject_requests;
DELETE FROM app.walls WHERE table_name IN
    ('public.data_subject_requests', 'public.legal_holds', 'app.erasures');
RESET ROLE;
