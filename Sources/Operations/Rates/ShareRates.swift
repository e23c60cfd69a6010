import Domain
import FoundationEssentials
import Storage

/// Tells the other processes what this one let through, and learns what they did.
package struct ShareRates: Sendable {
    /// The most buckets that one statement carries.
    private static let batch = 1_000

    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    /// - Returns: How many buckets were told of.
    package func callAsFunction(_ gate: RateGate) async throws -> Int {
        let unsent = gate.unsent(atMost: Self.batch)
        guard !unsent.isEmpty else { return 0 }
        let names = Dictionary(
            unsent.keys.map { ($0.shared, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        let taken = names.map { (bucket: $0.key, microseconds: (unsent[$0.value] ?? 0) / 1_000) }
        do {
            let levels = try await environment.database.system(reason: .worker) { scope in
                try scope.last([RateStore.add(taken)])[0].map(RateStore.level)
            }
            gate.learn(
                Dictionary(
                    levels.compactMap { level in
                        names[level.bucket].map { ($0, level.microseconds * 1_000) }
                    },
                    uniquingKeysWith: max
                )
            )
        } catch {
            gate.giveBack(unsent)
            throw error
        }
        return unsent.count
    }
}
