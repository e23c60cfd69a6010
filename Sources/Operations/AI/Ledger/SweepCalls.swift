package import Domain
import Storage

/// T5: ends the calls whose process was lost, each charged for its input and what was streamed.
package struct SweepCalls: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// So many are ended in one turn.
    package static let most = 200

    /// One call that cannot be ended keeps none of the others waiting.
    ///
    /// - Parameter onFailure: Called for each call that could not be ended.
    /// - Returns: How many it ended.
    /// - Throws: When the calls that have run out cannot be asked for.
    package func callAsFunction(
        onFailure: (DomainError) -> Void = { _ in }
    ) async throws -> Int {
        let overdue = try await environment.database.system(reason: .aiGateway) { scope in
            try LedgerUpkeep.calls(try scope.query(LedgerUpkeep.overdue(most: Self.most)))
        }
        var ended = 0
        for (tenant, call) in overdue {
            do {
                if try await expire(call, in: tenant) { ended += 1 }
            } catch let error as DomainError {
                try Task.checkCancellation()
                onFailure(error)
            }
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

/// A sign of life of this process, which keeps the calls in its hand from being swept away.
package struct BeatHeart: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// Writes down first what ends could not be written down before.
    package func callAsFunction() async throws {
        await LedgerEnds(environment).write()
        let beat = LedgerUpkeep.beat(environment.node, calls: environment.calls.ids)
        let stopped = try await environment.database.system(reason: .aiGateway) { scope in
            try LedgerUpkeep.stopped(try scope.last(beat)[0])
        }
        environment.calls.stop(stopped)
    }
}
