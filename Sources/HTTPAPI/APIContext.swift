import Domain
import Hummingbird
import Logging
import NIOCore
import Synchronization

/// What belongs to one request on its way through the server.
struct APIContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The client's own id when it gave a harmless one, otherwise ours.
    var requestID: String
    /// The client, behind our own proxies when there are any.
    var clientAddress: String?
    /// The connection that the request came by.
    let channel: any Channel
    /// Where the request's tasks run.
    let executor: EventLoopExecutor
    /// What the log and the metrics want to know and only the route finds out.
    let trace: RequestTrace

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        requestID = ""
        channel = source.channel
        executor = .of(source.channel.eventLoop)
        clientAddress = source.channel.remoteAddress?.ipAddress
        trace = RequestTrace()
    }
}

/// Who the caller turned out to be and which route answered; written by the route, read when the
/// answer leaves.
final class RequestTrace: Sendable {
    struct Values: Sendable {
        /// `artifact.create`; nil when no route was found.
        var operation: String?
        /// The path with its parameters unfilled.
        var template: String?
        /// How errors of the route look.
        var problems = ProblemShape.own
        var user: UserID?
        var tenant: TenantID?
        /// The strictest limit that the request met.
        var rate: RateVerdict?
    }

    private let state = Mutex(Values())

    var values: Values { state.withLock { $0 } }

    func note(_ change: (inout Values) -> Void) {
        state.withLock { change(&$0) }
    }
}
