import Domain
import Storage

/// Lets exports go that are a week old, and deletes every file that nobody may download any more.
package struct ExpireExports: Sendable {
    private let environment: Environment
    private let folder: ExportFolder

    package init(_ environment: Environment, folder: ExportFolder) {
        self.environment = environment
        self.folder = folder
    }

    /// - Returns: How many files were deleted.
    @discardableResult
    package func callAsFunction() async throws -> Int {
        let entries = folder.entries()
        let unwanted = try await environment.database.system(reason: .privacy) { scope in
            _ = try scope.query(DataRequestStore.expire)
            return try entries.filter { entry in
                let statement = DataRequestStore.wants(entry.id, attempt: entry.attempt)
                return try scope.query(statement).first == nil
            }
        }
        for entry in unwanted { folder.remove(entry.name) }
        return unwanted.count
    }
}
