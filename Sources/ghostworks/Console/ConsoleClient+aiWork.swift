import Console
import Domain
import Operations

extension AIWorkClient {
    init(desk: ConsoleDesk) {
        self.init { request, caller in
            switch request {
            case .calls(let filter, let page):
                return .calls(
                    try await ListCalls(try await desk.open())(filter, page: page, by: caller)
                )
            case .call(let id):
                return .call(try await ExplainCall(try await desk.open())(id, by: caller))
            case .cancel(let id):
                return .cancelled(
                    try await desk.change { try await CancelCall($0)(id, by: caller) }
                )
            case .alerts(let page):
                return .alerts(try await ListAlerts(try await desk.open())(page: page, by: caller))
            case .acknowledge(let id):
                return .acknowledged(
                    try await desk.change { try await AcknowledgeAlert($0)(id, by: caller) }
                )
            case .change(let id, let edit, let version):
                return .budget(
                    try await desk.change {
                        try await ChangeBudget($0)(id, edit, version: version, by: caller)
                    }
                )
            }
        }
    }
}
