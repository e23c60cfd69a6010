import Domain
import HTTPTypes
import Operations
import Synchronization

/// Lets the lines of refused requests through at a bounded pace.
///
/// A database that is away, or a client that does not stop, must not fill the log; a line says how
/// many were held back before it, and the metrics count every request.
final class RefusalLog: Sendable {
    private struct Contents {
        var emptyAt: Int64 = 0
        var heldBack = 0
    }

    /// Twenty at once, then four a second.
    private static let limit = RateLimit(count: 20, window: .seconds(5))

    private let clock: @Sendable () -> Int64
    private let contents = Mutex(Contents())

    /// - Parameter clock: Nanoseconds of a clock that never goes back.
    init(clock: @escaping @Sendable () -> Int64 = RateGate.monotonic) {
        self.clock = clock
    }

    /// How many lines were held back before this one, which may be written; nil when it may not.
    func admit(_ status: HTTPResponse.Status) -> Int? {
        guard let limit = Self.limit, Self.isRefusal(status) else { return 0 }
        let now = clock()
        return contents.withLock { contents in
            let decision = limit.decide(emptyAt: contents.emptyAt, now: now)
            guard decision.isAllowed else {
                contents.heldBack += 1
                return nil
            }
            defer { contents.heldBack = 0 }
            contents.emptyAt = decision.emptyAt
            return contents.heldBack
        }
    }

    private static func isRefusal(_ status: HTTPResponse.Status) -> Bool {
        [.tooManyRequests, .serviceUnavailable, .gatewayTimeout].contains(status)
    }
}
