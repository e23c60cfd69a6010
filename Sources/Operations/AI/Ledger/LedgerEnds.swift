import Domain
import Storage

/// The ends of calls that the database would not take before.
struct LedgerEnds: Sendable {
    private let environment: Environment

    init(_ environment: Environment) {
        self.environment = environment
    }

    /// Writes them down.
    ///
    /// One that fails again goes behind the others, and the rest waits for the next turn.
    func write() async {
        while let end = environment.calls.nextEnd() {
            do {
                try await environment.database.system(
                    reason: .aiGateway,
                    tenant: end.tenant,
                    user: end.user
                ) { scope in
                    _ = try scope.last([end.statement])
                }
                environment.calls.drop(end.id)
            } catch {
                guard (error as? DomainError)?.mayPass == true else {
                    environment.calls.drop(end.id)
                    continue
                }
                return environment.calls.keep(end)
            }
        }
    }
}
