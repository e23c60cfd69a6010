/// What a new key is to be; checked.
package struct NewAPIKey: Hashable, Sendable {
    package let name: String
    package let scopes: [Permission]
    package let expiresAt: Instant?
    package let ratePerMinute: Int?

    package static let rates = 1...1_000_000

    /// - Throws: A validation error that names every wrong field.
    package init(
        name: String,
        scopes: [String],
        expiresAt: Instant?,
        ratePerMinute: Int?,
        now: Instant
    )
        throws(DomainError)
    {
        var problems: [FieldProblem] = []
        self.name = Self.name(name, &problems)
        self.scopes = Self.scopes(scopes, &problems)
        if let expiresAt, expiresAt <= now {
            problems.append(FieldProblem("expires_at", "must be in the future"))
        }
        if let ratePerMinute, !Self.rates.contains(ratePerMinute) {
            problems.append(FieldProblem("rate_per_minute", "must be 1 to 1000000"))
        }
        self.expiresAt = expiresAt
        self.ratePerMinute = ratePerMinute
        guard problems.isEmpty else { throw .invalid(problems) }
    }

    private static func name(_ text: String, _ problems: inout [FieldProblem]) -> String {
        do throws(DomainError) {
            return try Validation.text(text, field: "name", length: 1...100)
        } catch {
            if case .invalid(let found) = error.kind { problems += found }
            return ""
        }
    }

    private static func scopes(
        _ names: [String],
        _ problems: inout [FieldProblem]
    ) -> [Permission] {
        var found: Set<Permission> = []
        for name in names {
            if let permission = Permission(name: name), permission.isForKeys {
                found.insert(permission)
            } else {
                problems.append(
                    FieldProblem("scopes", "must not hold \"\(name.prefix(50))\", which no key has")
                )
            }
        }
        if names.isEmpty { problems.append(FieldProblem("scopes", "must name at least one")) }
        return found.sorted { $0.rawValue < $1.rawValue }
    }
}

/// A change of a key that keeps its secret and its scopes: who needs others makes another key.
package struct APIKeyEdit: Hashable, Sendable {
    package var name: String?
    /// Removed: the platform's usual limit.
    package var ratePerMinute: Change<Int>
    /// Removed: the key has no end.
    package var expiresAt: Change<Instant>

    /// What becomes of something that need not be there.
    package enum Change<Value: Hashable & Sendable>: Hashable, Sendable {
        case none
        case set(Value)
        case removed

        /// Nil leaves it as it is.
        package init(_ value: Value?) {
            self = value.map { .set($0) } ?? .none
        }

        package var value: Value? {
            if case .set(let value) = self { value } else { nil }
        }

        package var isRemoved: Bool { self == .removed }
    }

    package init(
        name: String? = nil,
        ratePerMinute: Change<Int> = .none,
        expiresAt: Change<Instant> = .none
    )
        throws(DomainError)
    {
        self.name = try name.map { text throws(DomainError) in
            try Validation.text(text, field: "name", length: 1...100)
        }
        if let rate = ratePerMinute.value, !NewAPIKey.rates.contains(rate) {
            throw .invalid("rate_per_minute", "must be 1 to 1000000")
        }
        self.ratePerMinute = ratePerMinute
        self.expiresAt = expiresAt
        guard name != nil || ratePerMinute != .none || expiresAt != .none else {
            throw .invalid("body", "must have a field to change")
        }
    }
}
