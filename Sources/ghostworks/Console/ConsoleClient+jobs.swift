import Console
import Domain
import Operations

extension JobClient {
    init(desk: ConsoleDesk) {
        self.init { request, caller in
            switch request {
            case .list(let filter, let page):
                return .list(
                    try await ListJobs(try await desk.open())(filter, page: page, by: caller)
                )
            case .find(let id):
                return .job(try await FindJob(try await desk.open())(id, by: caller))
            case .retry(let id):
                return .retried(
                    try await desk.change { try await RetryJob($0)(id, by: caller) }
                )
            case .cancel(let id, let reason):
                return .cancelled(
                    try await desk.change {
                        try await CancelJob($0)(id, reason: reason, by: caller)
                    }
                )
            case .acknowledge(let ids):
                return .acknowledged(
                    try await desk.change { try await MarkAlert($0)(ids, by: caller) }
                )
            }
        }
    }
}
