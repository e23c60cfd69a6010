import Domain
package import Operations

extension Errand {
    /// Deletes the data of tenants that were closed long ago.
    ///
    /// - Parameters:
    ///   - purge: With pools of its own.
    ///   - days: How long after the closing; 0: never.
    /// - Returns: The errand; it comes again at once while there is something to delete.
    package static func purging(_ purge: PurgeTenants, days: Int) -> Errand {
        Errand("tenant_purging", every: .seconds(300)) {
            guard days > 0 else { return Turn() }
            let report = try await purge(closedForDays: days)
            return Turn(
                outcomes: ["rows": report.rows, "purged": report.finished.count],
                notes: report.finished.map { tenant in
                    Note(
                        "the data of a closed tenant is deleted",
                        ["tenant": tenant.description],
                        isFailure: false
                    )
                }
            )
        }
    }
}
