import Domain
import Sealing
import Storage

/// Every column with sealed values; a new one belongs here, or its values stay with their old key.
enum SealedColumns {
    static let all = [
        SealedColumn("mail_outbox", "payload", row: "id::text"),
        SealedColumn("refresh_tokens", "successor", row: "encode(token_hash, 'hex')"),
        SealedColumn("second_factors", "secret", row: "user_id::text"),
    ]
}

/// Seals anew what an older key sealed.
///
/// A value goes from key to key in one statement under a lock of its row, and only while it is the
/// one that was opened. To stop half-way is harmless: the next run goes on.
package struct ResealSecrets: Sendable {
    private let environment: Environment
    private static let batch = 200

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Parameter progress: gets the number of values that were sealed anew, now and then.
    /// - Returns: That number at the end.
    /// - Throws: `unavailable` when values are left that no key of this installation opens.
    @discardableResult
    package func callAsFunction(
        progress: @Sendable (Int) -> Void = { _ in }
    ) async throws -> Int {
        var run: ResealingID?
        var done = 0
        var unreadable = 0
        for column in SealedColumns.all {
            while true {
                let step = try await step(column, run)
                run = step.run
                done += step.done
                if step.done > 0 { progress(done) }
                if step.done == 0 {
                    unreadable += step.left
                    break
                }
            }
        }
        if let run { try await finish(run, done: done) }
        guard unreadable == 0 else {
            throw DomainError(
                .unavailable,
                .unavailable,
                "At least \(unreadable) sealed values cannot be opened with the keys at hand."
            )
        }
        return done
    }

    private struct Step: Sendable {
        var run: ResealingID?
        var done: Int
        var left: Int
    }

    private func step(_ column: SealedColumn, _ run: ResealingID?) async throws -> Step {
        let sealer = environment.sealer
        return try await environment.database.system(reason: .worker) { scope in
            let rows = try scope.query(
                SealedColumnStore.stale(
                    column,
                    keyID: sealer.currentKeyID,
                    limit: Self.batch
                )
            )
            let stale = try rows.map(SealedColumnStore.value)
            let statements = stale.compactMap { row, value in
                Self.sealed(value, column, row, by: sealer).map {
                    SealedColumnStore.replace(column, row: row, old: value, new: $0)
                }
            }
            guard !statements.isEmpty else { return Step(run: run, done: 0, left: stale.count) }
            let id = run ?? scope.newID()
            let begin = run == nil ? [SealedColumnStore.begin(id, kid: sealer.currentKid)] : []
            _ = try scope.last(
                begin + statements + [SealedColumnStore.advance(id, by: statements.count)]
            )
            return Step(run: id, done: statements.count, left: stale.count)
        }
    }

    /// Nil for a value that does not open here.
    private static func sealed(
        _ value: [UInt8],
        _ column: SealedColumn,
        _ row: String,
        by sealer: Sealer
    ) -> [UInt8]? {
        let place = SealingContext([column.table, column.column, row])
        guard let sealed = try? Sealed(parsing: value),
            let opened = try? sealer.open(sealed, context: place)
        else { return nil }
        return try? sealer.seal(opened, context: place).bytes
    }

    private func finish(_ run: ResealingID, done: Int) async throws {
        var changes = Changes()
        changes.note("values", from: .null, to: .integer(Int64(done)))
        let entry = AuditEntry(
            action: "key.resealed",
            operation: .other,
            resourceType: "key",
            resourceID: KeyKind.sealing.rawValue,
            requestID: nil,
            changes: changes.canonical
        )
        try await environment.database.system(reason: .worker) { scope in
            _ = try scope.last([SealedColumnStore.finish(run), scope.recordPlatform(entry)])
        }
    }
}
