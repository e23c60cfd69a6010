import Foundation
import Operations
import Postgres
import Sealing

extension Fixture {
    /// The values of the newest mail to an address, opened; nil when there is none.
    package func mailed(_ email: String) async throws -> [String: String]? {
        let rows = try await migrated.admin(
            """
            SELECT m.id, m.payload FROM mail_outbox AS m
            WHERE m.recipient = \(email) ORDER BY m.created_at DESC, m.id DESC LIMIT 1
            """
        )
        guard let row = rows.first else { return nil }
        let id = try row.decode("id", as: UUID.self).uuidString.lowercased()
        let sealed = try Sealed(parsing: try row.decode("payload", as: [UInt8].self))
        let opened = try environment.sealer.open(sealed, context: ["mail_outbox", "payload", id])
        let bytes = opened.withUnsafeBytes { Array($0) }
        return try JSONDecoder().decode([String: String].self, from: Data(bytes))
    }
}
