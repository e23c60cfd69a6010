import Console
import Domain
import Operations

extension AIClient {
    init(desk: ConsoleDesk) {
        self.init(
            budgets: { try await ListBudgets(try await desk.open())(by: $0) },
            usage: { grouping, from, to, caller in
                try await ShowUsage(try await desk.open())(
                    grouping: grouping,
                    from: from,
                    to: to,
                    by: caller
                )
            }
        )
    }
}

extension AuditClient {
    init(desk: ConsoleDesk) {
        self.init(
            list: { try await ListAuditEvents(try await desk.open())($0, page: $1, by: $2) },
            take: { filter, page, caller in
                let take = TakeAuditEvents(try await desk.open(), to: "pager")
                return try await take(filter, page: page, isFirst: page.after == nil, by: caller)
            },
            verify: { try await VerifyChain(try await desk.open())(by: $0, progress: $1) },
            wait: { try await AwaitAuditEvents(try await desk.open())(after: $0, by: $1) },
            export: { wish, caller, progress in
                let export = ExportAuditEvents(try await desk.open())
                let path = ConsoleFiles.absolute(wish.path)
                let manifest = try await SignedExport.write(
                    wish.filter,
                    wish.format,
                    to: path
                ) { request, sink in
                    try await export(request, by: caller, progress: progress, to: sink)
                }
                return ExportedFile(path: path, rows: manifest.rows)
            }
        )
    }
}
