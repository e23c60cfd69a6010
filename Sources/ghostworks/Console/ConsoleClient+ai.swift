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
            tenant: { try await Self.perform($0, by: $1, $2, try await desk.open()) },
            platform: { try await Self.perform($0, by: $1, $2, try await desk.open()) }
        )
    }

    private static func perform(
        _ request: AuditRequest,
        by caller: TenantCaller,
        _ progress: @escaping Progress,
        _ environment: Environment
    ) async throws -> ConsoleAnswer {
        switch request {
        case .list(let filter, let page):
            return .auditEvents(
                try await ListAuditEvents(environment)(filter, page: page, by: caller)
            )
        case .take(let filter, let page):
            let take = TakeAuditEvents(environment, to: pager)
            let isFirst = page.after == nil
            return .auditEvents(try await take(filter, page: page, isFirst: isFirst, by: caller))
        case .verify:
            return .verdict(try await VerifyChain(environment)(by: caller, progress: progress))
        case .wait(let seq):
            return .auditHead(try await AwaitAuditEvents(environment)(after: seq, by: caller))
        case .export(let wish):
            return try await write(wish) { request, sink in
                let export = ExportAuditEvents(environment)
                return try await export(request, by: caller, progress: progress, to: sink)
            }
        case .people(let ids): return .people(try await NamePeople(environment)(ids, by: caller))
        }
    }

    private static func perform(
        _ request: AuditRequest,
        by caller: Caller,
        _ progress: @escaping Progress,
        _ environment: Environment
    ) async throws -> ConsoleAnswer {
        switch request {
        case .list(let filter, let page):
            return .auditEvents(
                try await ListPlatformAuditEvents(environment)(filter, page: page, by: caller)
            )
        case .take(let filter, let page):
            let take = TakeAuditEvents(environment, to: pager)
            let isFirst = page.after == nil
            return .auditEvents(try await take(filter, page: page, isFirst: isFirst, by: caller))
        case .verify:
            let verify = VerifyPlatformChain(environment)
            return .verdict(try await verify(by: caller, progress: progress))
        case .wait(let seq):
            return .auditHead(try await AwaitAuditEvents(environment)(after: seq, by: caller))
        case .export(let wish):
            return try await write(wish) { request, sink in
                let export = ExportAuditEvents(environment)
                return try await export(request, by: caller, progress: progress, to: sink)
            }
        case .people(let ids): return .people(try await NameOperators(environment)(ids, by: caller))
        }
    }

    /// Under which the trail records what a pager was handed.
    private static let pager = "pager"

    private static func write(
        _ wish: AuditExportWish,
        _ export: (AuditExportRequest, ExportAuditEvents.Sink) async throws -> ExportManifest
    ) async throws -> ConsoleAnswer {
        let path = ConsoleFiles.absolute(wish.path)
        let manifest = try await SignedExport.write(
            wish.filter,
            wish.format,
            to: path,
            export
        )
        return .exported(ExportedFile(path: path, rows: manifest.rows))
    }
}
