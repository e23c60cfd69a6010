package import Domain
package import Postgres
package import Sealing

// DESIGN
//
// The one way to the tables. Invariants:
//
// 1. No statement leaves without a signed context: `fetch`, `read`, `write` and `system` are the
//    only doors, and each sends the context before the first statement, in the same round trip.
// 2. The guard travels with it: a caller without the right gets an error, and nothing that was
//    sent behind the guard takes effect.
// 3. Bodies are synchronous: no transaction is open across an `await`.
// 4. What leaves is a value or a `DomainError`; PostgreSQL's errors stay behind (`translated`).

/// The database as the stores see it: signed contexts, guards, two pools.
package struct Database: Sendable {
    /// May write: the pool of `ghostworks_app`.
    package let writer: ConnectionPool
    /// May only read; the console's start state is the pool of `ghostworks_reader`.
    package let reader: ConnectionPool
    package let signer: ContextSigner
    package let clock: SystemClock
    /// Gets each failure that callers see as an internal error only, for the log.
    package let onUnexplained: @Sendable (PostgresError) -> Void
    let memo = AccessMemo()

    /// How long a signed context holds.
    static let contextLife: Int64 = 120

    package init(
        writer: ConnectionPool,
        reader: ConnectionPool,
        signer: ContextSigner,
        clock: SystemClock = .live,
        onUnexplained: @escaping @Sendable (PostgresError) -> Void = { _ in }
    ) {
        self.writer = writer
        self.reader = reader
        self.signer = signer
        self.clock = clock
        self.onUnexplained = onUnexplained
    }

    /// Runs a body of several reads that see one state of the database.
    package func read<Value: Sendable>(
        _ access: Access,
        _ body: @Sendable (Scope) throws -> Value
    ) async throws -> Value {
        try await translated(access) {
            try await run(access, on: reader, mode: .readOnly, body)
        }
    }

    /// Runs a body that changes things: all of it or nothing.
    ///
    /// Victims of a deadlock are tried again, so a body must have no effect outside the database.
    package func write<Value: Sendable>(
        _ access: Access,
        _ body: @Sendable (Scope) throws -> Value
    ) async throws -> Value {
        var attempt = 1
        while true {
            do {
                return try await run(access, on: writer, mode: .readWrite, body)
            } catch let error as PostgresError where error.isTransient && attempt < 3 {
                attempt += 1
            } catch let error as PostgresError {
                if error.sqlState == .readOnlyTransaction, mayOnlyRead(access) {
                    throw DomainError.onlyReads
                }
                throw access.explained(translate(error))
            }
        }
    }

    /// Runs a body as the process itself, for a named reason and perhaps inside one tenant.
    package func system<Value: Sendable>(
        reason: SystemReason,
        tenant: TenantID? = nil,
        user: UserID? = nil,
        requestID: String? = nil,
        commit: Commit = .durable,
        _ body: @Sendable (Scope) throws -> Value
    ) async throws -> Value {
        let context = AccessContext(
            kind: .system(reason),
            tenant: tenant,
            user: user,
            mode: .readWrite
        )
        var access = Access(context: context, guard: .process, requestID: requestID)
        access.commit = commit
        return try await write(access, body)
    }

    private func run<Value: Sendable>(
        _ access: Access,
        on pool: ConnectionPool,
        mode: TransactionMode,
        _ body: @Sendable (Scope) throws -> Value
    ) async throws -> Value {
        let preamble = preamble(access)
        return try await pool.withConnection { connection in
            try connection.transaction(mode, preamble: preamble) { transaction in
                try body(Scope(transaction, access: access, clock: clock))
            }
        }
    }

    /// Whether a refusal to write is ours: a server that takes no writes at all is a fault.
    private func mayOnlyRead(_ access: Access) -> Bool {
        writer === reader || access.context.mode == .readOnly
    }

    private func preamble(_ access: Access) -> [SQL] {
        let entry = access.guard.statement(context: sign(access.context))
        switch access.commit {
        case .durable: return [entry]
        case .soon: return ["SELECT set_config('synchronous_commit', 'off', true)", entry]
        }
    }

    /// The statement that sets a signed context until the end of the transaction, for the one
    /// connection that is not of our pools: the administrator's.
    package func statement(setting context: AccessContext) -> SQL {
        Guard.process.statement(context: sign(context))
    }

    func sign(_ context: AccessContext) -> String {
        signer.sign(
            ContextClaims(context),
            expiresAt: clock.now().seconds + Self.contextLife
        )
    }

    /// Runs a read, and says its failures in words for people.
    func translated<Value>(
        _ access: Access,
        _ work: () async throws -> Value
    ) async throws -> Value {
        do {
            return try await work()
        } catch let error as PostgresError {
            throw access.named(translate(error, isRead: true))
        }
    }

    private func translate(_ error: PostgresError, isRead: Bool = false) -> DomainError {
        let translated = DomainError(translating: error, ofRead: isRead)
        if translated.kind == .internal { onUnexplained(error) }
        return translated
    }
}

extension PostgresError {
    /// Failures that another try can overcome: the transaction is known to be undone.
    fileprivate var isTransient: Bool {
        sqlState == .deadlockDetected || sqlState == .serializationFailure
    }
}

extension ContextClaims {
    init(_ context: AccessContext) {
        let kind: ContextClaims.Kind =
            switch context.kind {
            case .tenant: .tenant
            case .platform: .platform
            case .system(let reason): .system(reason: ContextReason(reason.rawValue))
            }
        self.init(
            kind: kind,
            tenant: context.tenant?.uuid,
            user: context.user?.uuid,
            supportSession: context.supportSession?.uuid,
            mode: context.isKey ? .key : context.mode == .readOnly ? .readOnly : .readWrite
        )
    }
}
