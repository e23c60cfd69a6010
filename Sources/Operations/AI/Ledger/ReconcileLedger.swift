package import Domain
import Storage

/// T6: proves that the books agree, and names every place where they do not.
package struct ReconcileLedger: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// For the process itself.
    ///
    /// All of it is seen at one moment, so calls in flight do not matter.
    ///
    /// - Parameter days: Only calls of so many days, and the periods of their months; nil for all.
    /// - Returns: The differences, a thousand at most; empty when the books agree.
    /// - Throws: `DomainError`, when the database cannot.
    package func callAsFunction(days: Int? = nil) async throws -> [LedgerDifference] {
        if let days, !(1...36_500).contains(days) {
            throw DomainError.invalid("days", "must be 1 to 36500")
        }
        return try await environment.database.system(reason: .aiGateway) { scope in
            try scope.query(LedgerUpkeep.differences(days: days)).map(LedgerDifference.init)
        }
    }

    /// The same for an operator.
    ///
    /// - Parameters:
    ///   - days: As above.
    ///   - caller: Needs `platform.ai.manage`.
    /// - Returns: The differences, a thousand at most; empty when the books agree.
    /// - Throws: `DomainError`, when the caller may not or the database cannot.
    package func callAsFunction(
        days: Int? = nil,
        by caller: Caller
    ) async throws -> [LedgerDifference] {
        let access = Access.platform(caller, .platformAiManage)
        try await environment.database.read(access) { scope in
            _ = try scope.authorization()
        }
        return try await callAsFunction(days: days)
    }
}

/// What runs and what waits, for gauges.
package struct ShowLedgerStanding: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    package func callAsFunction() async throws -> LedgerStanding {
        try await environment.database.system(reason: .aiGateway) { scope in
            guard let row = try scope.query(LedgerUpkeep.standing).first else {
                throw DomainError(.internal, .internalError, "The ledger has no standing.")
            }
            return try LedgerStanding(row)
        }
    }
}
