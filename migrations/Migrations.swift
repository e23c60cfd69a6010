/// The files of `migrations/sql`, compiled into the program.
///
/// Written by `.ci/migrations-list`; a test fails when a file is missing here.
package enum Migrations {
    /// The version of a database that has them all.
    package static let newest = 44

    /// Each file's name and bytes, in the order of their names.
    package static var files: [(name: String, bytes: [UInt8])] {
        [
            ("0001_create_roles.down.sql", PackageResources._001_create_roles_down_sql),
            ("0001_create_roles.up.sql", PackageResources._001_create_roles_up_sql),
            ("0002_create_context.down.sql", PackageResources._002_create_context_down_sql),
            ("0002_create_context.up.sql", PackageResources._002_create_context_up_sql),
            ("0003_create_platform.down.sql", PackageResources._003_create_platform_down_sql),
            ("0003_create_platform.up.sql", PackageResources._003_create_platform_up_sql),
            ("0004_create_tenants.down.sql", PackageResources._004_create_tenants_down_sql),
            ("0004_create_tenants.up.sql", PackageResources._004_create_tenants_up_sql),
            ("0005_create_audit.down.sql", PackageResources._005_create_audit_down_sql),
            ("0005_create_audit.up.sql", PackageResources._005_create_audit_up_sql),
            ("0006_create_artifacts.down.sql", PackageResources._006_create_artifacts_down_sql),
            ("0006_create_artifacts.up.sql", PackageResources._006_create_artifacts_up_sql),
            ("0007_create_ai.down.sql", PackageResources._007_create_ai_down_sql),
            ("0007_create_ai.up.sql", PackageResources._007_create_ai_up_sql),
            ("0008_create_guard.down.sql", PackageResources._008_create_guard_down_sql),
            ("0008_create_guard.up.sql", PackageResources._008_create_guard_up_sql),
            (
                "0009_create_wall_problems.down.sql",
                PackageResources._009_create_wall_problems_down_sql
            ),
            ("0009_create_wall_problems.up.sql", PackageResources._009_create_wall_problems_up_sql),
            ("0010_create_mail.down.sql", PackageResources._010_create_mail_down_sql),
            ("0010_create_mail.up.sql", PackageResources._010_create_mail_up_sql),
            (
                "0011_create_sign_in_guards.down.sql",
                PackageResources._011_create_sign_in_guards_down_sql
            ),
            (
                "0011_create_sign_in_guards.up.sql",
                PackageResources._011_create_sign_in_guards_up_sql
            ),
            ("0012_widen_sessions.down.sql", PackageResources._012_widen_sessions_down_sql),
            ("0012_widen_sessions.up.sql", PackageResources._012_widen_sessions_up_sql),
            ("0013_create_identities.down.sql", PackageResources._013_create_identities_down_sql),
            ("0013_create_identities.up.sql", PackageResources._013_create_identities_up_sql),
            ("0014_create_roles.down.sql", PackageResources._014_create_roles_down_sql),
            ("0014_create_roles.up.sql", PackageResources._014_create_roles_up_sql),
            ("0015_create_api_keys.down.sql", PackageResources._015_create_api_keys_down_sql),
            ("0015_create_api_keys.up.sql", PackageResources._015_create_api_keys_up_sql),
            ("0016_create_consents.down.sql", PackageResources._016_create_consents_down_sql),
            ("0016_create_consents.up.sql", PackageResources._016_create_consents_up_sql),
            ("0017_create_privacy.down.sql", PackageResources._017_create_privacy_down_sql),
            ("0017_create_privacy.up.sql", PackageResources._017_create_privacy_up_sql),
            ("0018_lighten_context.down.sql", PackageResources._018_lighten_context_down_sql),
            ("0018_lighten_context.up.sql", PackageResources._018_lighten_context_up_sql),
            ("0019_create_ledger.down.sql", PackageResources._019_create_ledger_down_sql),
            ("0019_create_ledger.up.sql", PackageResources._019_create_ledger_up_sql),
            ("0020_create_ai_chat.down.sql", PackageResources._020_create_ai_chat_down_sql),
            ("0020_create_ai_chat.up.sql", PackageResources._020_create_ai_chat_up_sql),
            (
                "0021_create_ai_administration.down.sql",
                PackageResources._021_create_ai_administration_down_sql
            ),
            (
                "0021_create_ai_administration.up.sql",
                PackageResources._021_create_ai_administration_up_sql
            ),
            ("0022_settle_access.down.sql", PackageResources._022_settle_access_down_sql),
            ("0022_settle_access.up.sql", PackageResources._022_settle_access_up_sql),
            ("0023_fix_context_path.down.sql", PackageResources._023_fix_context_path_down_sql),
            ("0023_fix_context_path.up.sql", PackageResources._023_fix_context_path_up_sql),
            ("0024_quicken_context.down.sql", PackageResources._024_quicken_context_down_sql),
            ("0024_quicken_context.up.sql", PackageResources._024_quicken_context_up_sql),
            ("0025_ring_changes.down.sql", PackageResources._025_ring_changes_down_sql),
            ("0025_ring_changes.up.sql", PackageResources._025_ring_changes_up_sql),
            ("0026_settle_by_hold.down.sql", PackageResources._026_settle_by_hold_down_sql),
            ("0026_settle_by_hold.up.sql", PackageResources._026_settle_by_hold_up_sql),
            ("0027_charge_lost_calls.down.sql", PackageResources._027_charge_lost_calls_down_sql),
            ("0027_charge_lost_calls.up.sql", PackageResources._027_charge_lost_calls_up_sql),
            ("0028_close_workspaces.down.sql", PackageResources._028_close_workspaces_down_sql),
            ("0028_close_workspaces.up.sql", PackageResources._028_close_workspaces_up_sql),
            ("0029_prune_calls.down.sql", PackageResources._029_prune_calls_down_sql),
            ("0029_prune_calls.up.sql", PackageResources._029_prune_calls_up_sql),
            ("0030_steer_jobs.down.sql", PackageResources._030_steer_jobs_down_sql),
            ("0030_steer_jobs.up.sql", PackageResources._030_steer_jobs_up_sql),
            ("0031_stamp_sessions.down.sql", PackageResources._031_stamp_sessions_down_sql),
            ("0031_stamp_sessions.up.sql", PackageResources._031_stamp_sessions_up_sql),
            ("0032_purge_tenants.down.sql", PackageResources._032_purge_tenants_down_sql),
            ("0032_purge_tenants.up.sql", PackageResources._032_purge_tenants_up_sql),
            ("0033_add_time_zones.down.sql", PackageResources._033_add_time_zones_down_sql),
            ("0033_add_time_zones.up.sql", PackageResources._033_add_time_zones_up_sql),
            ("0034_join_guards.down.sql", PackageResources._034_join_guards_down_sql),
            ("0034_join_guards.up.sql", PackageResources._034_join_guards_up_sql),
            ("0035_search_by_tenant.down.sql", PackageResources._035_search_by_tenant_down_sql),
            ("0035_search_by_tenant.up.sql", PackageResources._035_search_by_tenant_up_sql),
            ("0036_note_visits.down.sql", PackageResources._036_note_visits_down_sql),
            ("0036_note_visits.up.sql", PackageResources._036_note_visits_up_sql),
            (
                "0037_widen_limits_and_trails.down.sql",
                PackageResources._037_widen_limits_and_trails_down_sql
            ),
            (
                "0037_widen_limits_and_trails.up.sql",
                PackageResources._037_widen_limits_and_trails_up_sql
            ),
            ("0038_learn_overheads.down.sql", PackageResources._038_learn_overheads_down_sql),
            ("0038_learn_overheads.up.sql", PackageResources._038_learn_overheads_up_sql),
            (
                "0039_count_overheads_of_visitors.down.sql",
                PackageResources._039_count_overheads_of_visitors_down_sql
            ),
            (
                "0039_count_overheads_of_visitors.up.sql",
                PackageResources._039_count_overheads_of_visitors_up_sql
            ),
            ("0040_seal_erasures.down.sql", PackageResources._040_seal_erasures_down_sql),
            ("0040_seal_erasures.up.sql", PackageResources._040_seal_erasures_up_sql),
            (
                "0041_speed_up_wall_problems.down.sql",
                PackageResources._041_speed_up_wall_problems_down_sql
            ),
            (
                "0041_speed_up_wall_problems.up.sql",
                PackageResources._041_speed_up_wall_problems_up_sql
            ),
            ("0042_own_the_ledger.down.sql", PackageResources._042_own_the_ledger_down_sql),
            ("0042_own_the_ledger.up.sql", PackageResources._042_own_the_ledger_up_sql),
            (
                "0043_set_provider_status.down.sql",
                PackageResources._043_set_provider_status_down_sql
            ),
            ("0043_set_provider_status.up.sql", PackageResources._043_set_provider_status_up_sql),
            ("0044_remember_visitors.down.sql", PackageResources._044_remember_visitors_down_sql),
            ("0044_remember_visitors.up.sql", PackageResources._044_remember_visitors_up_sql),
        ]
    }
}
