import Domain
import Fixtures
import Foundation
import Operations
import Postgres
import Storage

extension Fixture {
    /// A person with something in every place that keeps something about people; all of it has
    /// `mark` in it.
    func makeMarked(_ mark: String, in acme: TestTenant, by root: Caller) async throws -> Caller {
        let email = "\(mark)@example.org"
        _ = try await AddMember(environment)(
            email: email,
            role: "member",
            name: "Name \(mark)",
            by: acme.owner
        )
        try await SetPassword(environment)(email: email, password: Array(Self.password.utf8))
        let signedIn = try await SignIn(environment)(
            email: email,
            password: Array(Self.password.utf8),
            kind: .api,
            workspace: nil,
            client: ClientInfo(userAgent: "browser \(mark)", ip: "192.0.2.77"),
            requestID: "marked"
        )
        try await RequestPasswordReset(environment)(
            email: email,
            client: ClientInfo(userAgent: "browser \(mark)", ip: "192.0.2.77"),
            requestID: "marked"
        )
        return Caller(
            user: signedIn.identity.user,
            session: signedIn.identity.session,
            requestID: "marked"
        )
    }

    /// `table: row` of each row of the whole database in which a text is found.
    func rows(with mark: String) async throws -> [String] {
        let tables: [String] = try await migrated.admin(
            """
            SELECT c.oid::regclass::text AS name FROM pg_class AS c
            WHERE c.relnamespace IN ('public'::regnamespace, 'app'::regnamespace)
              AND c.relkind IN ('r', 'p') AND NOT c.relispartition
            """
        ).map { try $0.decode("name") }
        var found: [String] = []
        for table in tables {
            let statement: SQL = """
                SELECT t::text AS row FROM \(unsafe: table) AS t
                WHERE position(\(mark) IN lower(t::text)) > 0
                """
            found += try await migrated.admin(statement).map {
                "\(table): \(try $0.decode("row", as: String.self))"
            }
        }
        return found
    }

    /// A folder for the exports of one test.
    func withExports(_ body: (ExportFolder) async throws -> Void) async throws {
        let path = FileManager.default.temporaryDirectory.path + "/gw-exports-\(UUID())"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try await body(ExportFolder(path: path))
    }
}
