import Domain
import Storage

/// T5: ends the calls whose process was lost, each charged for its input and what was streamed.
package struct SweepCalls: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// So many are ended in one turn.
    package static let most = 200

    /// - Returns: How many it ended.
    package func callAsFunction() async throws -> Int {
        let overdue = try await environment.database.system(reason: .aiGateway) { scope in
            try LedgerUpkeep.calls(try scope.query(LedgerUpkeep.overdue(most: Self.most)))
        }
        var ended = 0
        for (tenant, call) in overdue where try await expire(call, in: tenant) {
            ended += 1
        }
        return ended
    }

    private func expire(_ call: AICallID, in tenant: TenantID) async throws -> Bool {
        try await environment.database.system(reason: .aiGateway, tenant: tenant) { scope in
            let rows = try scope.last(CallLedger.expire(call, in: tenant))
            return try rows[0].first.map { try CallReceipt($0).state == .expired } ?? false
        }
    }
}

/// A sign of life of this process, which keeps its own calls from being swept away.
package struct BeatHeart: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    package func callAsFunction() async throws {
        try await environment.database.system(reason: .aiGateway) { scope in
            _ = try scope.last(LedgerUpkeep.beat(environment.node))
        }
    }
}
