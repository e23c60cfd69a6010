package import Domain
import FoundationEssentials
import Postgres

// DESIGN
//
// 1. A key is claimed in the transaction that does the work, and before it: either both are
//    committed or neither, so a key never stands for work that was not done.
// 2. A second request with the key waits for the first one's transaction at the unique index, and
//    then finds it done. Nobody ever sees a key in progress.

/// Keys under which clients repeat a request without repeating its effect.
package struct IdempotencyStore {
    private let scope: Scope

    package init(_ scope: Scope) {
        self.scope = scope
    }

    /// Claims a key for a result that this transaction is about to make.
    ///
    /// - Parameters:
    ///   - key: what the client sent; 1 to 255 printable ASCII characters.
    ///   - route: the operation's name.
    ///   - fingerprint: SHA-256 of the input.
    ///   - result: what a repetition needs to find the result again.
    /// - Returns: Nil when the key was free; else what the earlier request stored.
    /// - Throws: `idempotency_key_reused` when the key stands for another input.
    package func claim(
        _ key: String,
        route: String,
        fingerprint: [UInt8],
        result: JSONValue
    ) throws -> JSONValue? {
        try Self.check(key)
        let tenant = scope.access.context.tenant.flatMap { isMember ? $0.uuid : nil } ?? Self.zero
        let principal = scope.access.context.user?.description ?? "system"
        let claimed = try scope.query(
            """
            INSERT INTO idempotency_keys AS k (tenant_id, principal, key, route, fingerprint,
                state, response, expires_at)
            VALUES (\(tenant), \(principal), \(key), \(route), \(fingerprint), 'done', \(result),
                clock_timestamp() + interval '24 hours')
            ON CONFLICT ON CONSTRAINT idempotency_keys_pkey DO UPDATE
            SET route = excluded.route, fingerprint = excluded.fingerprint,
                response = excluded.response, created_at = clock_timestamp(),
                expires_at = excluded.expires_at
            WHERE k.expires_at <= clock_timestamp()
            """
        )
        guard claimed.affected == 0 else { return nil }
        let rows = try scope.query(
            """
            SELECT k.route, k.fingerprint, k.response
            FROM idempotency_keys AS k
            WHERE k.tenant_id = \(tenant) AND k.principal = \(principal) AND k.key = \(key)
            """
        )
        guard let row = rows.first,
            try row.decode("route", as: String.self) == route,
            try row.decode("fingerprint", as: [UInt8].self) == fingerprint
        else { throw Self.reused }
        return try row.decode("response", as: JSONValue.self)
    }

    /// A request that has no tenant yet uses the zero tenant.
    private static let zero = UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))

    /// Who makes a tenant has a context with its new id, and is in none yet.
    private var isMember: Bool { scope.access.context.kind == .tenant }

    private static func check(_ key: String) throws(DomainError) {
        let bytes = key.utf8
        guard (1...255).contains(bytes.count), bytes.allSatisfy({ (33...126).contains($0) }) else {
            throw .invalid("Idempotency-Key", "must have 1 to 255 printable ASCII characters")
        }
    }

    private static let reused = DomainError(
        .invalid([FieldProblem("Idempotency-Key", "was used before for another request")]),
        .idempotencyKeyReused,
        "The idempotency key was used before for another request.",
        hint: "Use a new key for a new request."
    )
}
