package import Domain
import Storage

/// The names of all keys of this installation, the newest of each kind first.
package struct ListKeys: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    package func callAsFunction(by caller: Caller) async throws -> [InstalledKey] {
        let fetched = try await environment.database.fetch(
            .platform(caller, .platformRolesManage),
            InstalledKeyStore.list
        )
        return try fetched.rows.map(InstalledKeyStore.key)
    }
}
