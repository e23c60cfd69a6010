import Domain
package import Sealing
import Storage

/// Finds the public half of a signing key, one that no longer signs included.
package struct FindSigningKey: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameter kid: the key's name.
    /// - Returns: The key; nil when this platform never had one of that name.
    /// - Throws: `DomainError`, when the database cannot be asked.
    package func callAsFunction(_ kid: String) async throws -> VerifyingKey? {
        let access = Access(
            context: AccessContext(kind: .system(.setup), mode: .readOnly),
            guard: .process,
            requestID: nil
        )
        let rows = try await environment.database.fetch(access, SigningKeyStore.find(kid)).rows
        return try rows.first.map { row in
            try VerifyingKey(rawBytes: SigningKeyStore.publicKey(row))
        }
    }
}
