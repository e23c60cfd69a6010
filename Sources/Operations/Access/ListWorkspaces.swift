package import Domain
import Storage

/// The workspaces the caller is an active member of, by name.
package struct ListWorkspaces: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    package func callAsFunction(by caller: Caller) async throws -> [Workspace] {
        let fetched = try await environment.database.fetch(.person(caller), WorkspaceStore.mine)
        return try fetched.rows.map(WorkspaceStore.workspace)
    }
}
