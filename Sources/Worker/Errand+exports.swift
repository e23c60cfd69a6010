import Domain
package import Operations

extension Errand {
    /// Makes the copies of their data that people asked for, one a turn.
    package static func exports(_ run: RunExport) -> Errand {
        Errand("exports", every: .seconds(2)) {
            guard let report = try await run() else { return Turn() }
            return Turn(
                outcomes: [report.outcome.rawValue: 1],
                notes: [
                    Note(
                        "export \(report.outcome.rawValue)",
                        ["export": report.id.description],
                        isFailure: report.outcome != .done
                    )
                ]
            )
        }
    }

    /// Deletes the files of copies that nobody may download any more.
    package static func exportPruning(_ expire: ExpireExports) -> Errand {
        Errand("export_pruning", every: .seconds(60)) {
            try await expire()
            return Turn()
        }
    }
}
