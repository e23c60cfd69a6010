package import Domain
import Sealing
import Storage

// DESIGN
//
// 1. The database learns of a context key before anything is signed with it, and forgets earlier
//    ones after the file is written: a rotation that was overtaken takes nothing away, and one that
//    comes late takes nothing from those after it. A signing or sealing key is used by whoever reads
//    the file next.
// 2. Register and trail are written before the file and committed after it: without a record there
//    is no new key, and of two rotations at once one finds a file that it did not expect.
// 3. Two keys of a kind are good at a time (sealing keys: all), so nothing that is under way fails.

/// Puts a new key in the place of the current one, which stays good until the next rotation.
package struct RotateKeys: Sendable {
    private let environment: Environment
    private let places: KeyPlaces

    package init(_ environment: Environment, _ places: KeyPlaces) {
        self.environment = environment
        self.places = places
    }

    /// - Parameters:
    ///   - kind: which key.
    ///   - caller: an operator who may; nil for the schedule.
    /// - Returns: The name of the new key.
    /// - Throws: `permission_denied`; `invalid_transition` for a key that this program cannot
    ///   write.
    @discardableResult
    package func callAsFunction(_ kind: KeyKind, by caller: Caller?) async throws -> String {
        let access = access(caller)
        // Asked before anything is made or installed.
        try await environment.database.read(access) { scope in
            _ = try scope.query(InstalledKeyStore.list)
        }
        let path = try path(kind)
        let old = try read(kind)
        let new = try translated(kind) { () throws(SealingError) in try old.rotated() }
        if case .context(let keys) = new { try await places.installContext(keys) }
        let statements = try KeyRegister(places: places).statements(new)
        let content = try translated(kind) { () throws(SealingError) in try new.encoded() }
        try await environment.database.write(access) { scope in
            _ = try scope.query(InstalledKeyStore.lock)
            guard try read(kind).kids == old.kids else { throw Self.overtaken }
            let entry = Self.entry(kind, from: old, to: new)
            _ = try scope.batch(statements + [scope.recordPlatform(entry)])
            try translated(kind) { () throws(SealingError) in
                try KeyFile(path: path).replace(with: content)
            }
        }
        if case .context(let keys) = new { try await places.retireEarlierContexts(keys) }
        try await places.adopt(kind)
        return new.kids[0]
    }

    private func access(_ caller: Caller?) -> Access {
        if let caller { return .platform(caller, .platformRolesManage) }
        return Access(
            context: AccessContext(kind: .system(.worker), mode: .readWrite),
            guard: .process,
            requestID: nil
        )
    }

    private func path(_ kind: KeyKind) throws -> String {
        guard case .file(let path) = places.reference(kind) else {
            throw DomainError(
                .conflict,
                .invalidTransition,
                "The \(kind.rawValue) key is not in a file that this program may write.",
                hint: "Rotate it where it is kept: the new key first, the old one behind it."
            )
        }
        return path
    }

    private func read(_ kind: KeyKind) throws -> KeyMaterial {
        try translated(kind) { () throws(SealingError) in
            try KeyMaterial(kind, parsing: places.reference(kind).resolve())
        }
    }

    private func translated<Value>(
        _ kind: KeyKind,
        _ work: () throws(SealingError) -> Value
    ) throws -> Value {
        do throws(SealingError) {
            return try work()
        } catch {
            throw DomainError(
                .conflict,
                .invalidTransition,
                "The \(kind.rawValue) key cannot be rotated: \(error)."
            )
        }
    }

    private static func entry(
        _ kind: KeyKind,
        from old: KeyMaterial,
        to new: KeyMaterial
    ) -> AuditEntry {
        var changes = Changes()
        changes.note("kid", from: .string(old.kids[0]), to: .string(new.kids[0]))
        return AuditEntry(
            action: "key.rotated",
            operation: .update,
            resourceType: "key",
            resourceID: kind.rawValue,
            requestID: nil,
            changes: changes.canonical
        )
    }

    private static let overtaken = DomainError(
        .conflict,
        .requestInProgress,
        "Somebody else rotates the same key."
    )
}

/// Rotates the keys whose time is over.
package struct RotateOverdueKeys: Sendable {
    private let environment: Environment
    private let places: KeyPlaces

    package init(_ environment: Environment, _ places: KeyPlaces) {
        self.environment = environment
        self.places = places
    }

    /// - Returns: What became of each overdue key.
    package func callAsFunction(
        olderThanDays days: Int
    ) async throws -> [(kind: KeyKind, outcome: Result<String, any Error>)] {
        let access = Access(
            context: AccessContext(kind: .system(.worker), mode: .readOnly),
            guard: .process,
            requestID: nil
        )
        let rows = try await environment.database.fetch(
            access,
            InstalledKeyStore.overdue(days: Int64(days))
        ).rows
        var outcomes: [(KeyKind, Result<String, any Error>)] = []
        for kind in try rows.map(InstalledKeyStore.kind) {
            do {
                outcomes.append(
                    (kind, .success(try await RotateKeys(environment, places)(kind, by: nil)))
                )
            } catch {
                outcomes.append((kind, .failure(error)))
            }
        }
        return outcomes
    }
}
