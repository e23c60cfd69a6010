import Migrations
import Postgres
import Schema
import Testing

/// What migration 0040 makes of addresses that were there before it.
@Suite struct AddressMigrationTests {
    private static let tenant = "0197a000-0000-7000-8000-00000000000a"

    /// Rows as an older version wrote them: addresses in the form in which they came.
    private static let planted = """
        INSERT INTO users (id, email, email_norm, display_name) VALUES
            (gen_random_uuid(), U&'Jose\\0301@b.org', U&'jose\\0301@b.org', 'Alone'),
            (gen_random_uuid(), U&'e\\0301@b.org', U&'e\\0301@b.org', 'Taken'),
            (gen_random_uuid(), U&'\\00E9@b.org', U&'\\00E9@b.org', 'Composed'),
            (gen_random_uuid(), U&'a\\0323\\0307@b.org', U&'a\\0323\\0307@b.org', 'One'),
            (gen_random_uuid(), U&'a\\0307\\0323@b.org', U&'a\\0307\\0323@b.org', 'Other'),
            (gen_random_uuid(), 'ada@b.org', 'ada@b.org', 'Plain');
        INSERT INTO tenants (id, name, plan_id) VALUES ('\(tenant)', 'Acme', 'pro');
        INSERT INTO invitations (tenant_id, id, email, email_norm, role_key, role_name, token_hash,
            status, settled_at, invited_by, expires_at)
        SELECT '\(tenant)', gen_random_uuid(), i.email, i.email, CASE WHEN i.settled IS NULL
            THEN 'member' END, i.name, sha256(i.name::bytea), CASE WHEN i.settled IS NULL
            THEN 'pending' ELSE 'revoked' END, i.settled, u.id, now() + interval '1 day'
        FROM users AS u, (VALUES (U&'jose\\0301@b.org', 'alone', NULL::timestamptz),
            (U&'e\\0301@b.org', 'taken', NULL), (U&'\\00E9@b.org', 'composed', NULL),
            (U&'e\\0301@b.org', 'over', now())) AS i (email, name, settled)
        WHERE u.display_name = 'Plain';
        """

    @Test func `addresses are composed, and nobody is merged with anybody`() async throws {
        try await TestDatabase.with { database in
            let set = try MigrationSet(files: Migrations.files)
            let migrator = Migrator(database.settings, migrations: set)
            _ = try await migrator.up(to: 39)
            try await database.execute(Self.planted)
            _ = try await migrator.up()
            let connection = try await database.connect()
            let people = try await connection.query(
                """
                SELECT u.display_name AS name, u.email_norm IS NFC NORMALIZED
                    AND u.email IS NFC NORMALIZED AS composed FROM users AS u
                """
            )
            let invitations = try await connection.query(
                """
                SELECT i.role_name AS name, i.email_norm IS NFC NORMALIZED
                    AND i.email IS NFC NORMALIZED AS composed FROM invitations AS i
                """
            )
            await connection.close()
            #expect(
                try composed(people) == [
                    "Alone": true, "Taken": false, "Composed": true, "One": false, "Other": false,
                    "Plain": true,
                ]
            )
            #expect(
                try composed(invitations)
                    == ["alone": true, "taken": false, "composed": true, "over": true]
            )
        }
    }

    private func composed(_ rows: Rows) throws -> [String: Bool] {
        try Dictionary(
            uniqueKeysWithValues: rows.map { (try $0.decode("name"), try $0.decode("composed")) }
        )
    }
}
