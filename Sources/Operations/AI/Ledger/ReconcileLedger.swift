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
    /// - Returns: The differences, a thousand at most; empty when the books agree.
    package func callAsFunction() async throws -> [LedgerDifference] {
        try await environment.database.system(reason: .aiGateway) { scope in
            try scope.query(LedgerUpkeep.differences).map(LedgerDifference.init)
        }
    }

    /// The same for an operator.
    ///
    /// - Parameter caller: Needs `platform.ai.manage`.
    /// - Returns: The differences, a thousand at most; empty when the books agree.
    /// - Throws: `DomainError`, when the caller may not or the database cannot.
    package func callAsFunction(by caller: Caller) async throws -> [LedgerDifference] {
        let access = Access.platform(caller, .platformAiManage)
        try await environment.database.read(access) { scope in
            _ = try scope.authorization()
        }
        return try await callAsFunction()
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
