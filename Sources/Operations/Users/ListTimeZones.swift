package import Domain
import Storage

/// The time zones that a person may choose from.
package struct ListTimeZones: Sendable {
    private let environment: Environment

    package init(_ environment: Environment) {
        self.environment = environment
    }

    package func callAsFunction(by caller: Caller) async throws -> [TimeZoneChoice] {
        try await environment.database.fetch(.person(caller), TimeZoneStore.list).rows
            .map(TimeZoneStore.choice)
    }
}
