package import Domain
package import FoundationEssentials
import Storage

/// Writes what this serving process measured in its last minute.
package struct ReportNode: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    package func callAsFunction(_ node: UUID, _ figures: NodeFigures) async throws {
        try await environment.database.system(reason: .worker) { scope in
            _ = try scope.last(NodeStore.report(node, figures))
        }
    }

    /// Takes the process's figures away when it ends as it should.
    package func forget(_ node: UUID) async throws {
        try await environment.database.system(reason: .worker) { scope in
            _ = try scope.last([NodeStore.forget(node)])
        }
    }
}
