/// What a borrower's body came to.
enum LeaseOutcome<Value: Sendable>: Sendable {
    case value(Value)
    case failure(any Error)
    /// The connection was dead before the body ran: nothing was sent, another one may serve.
    case stale
}

/// The outcome, and whether the connection can serve the next borrower.
struct LeaseResult<Value: Sendable>: Sendable {
    let outcome: LeaseOutcome<Value>
    let isReusable: Bool
}

extension PostgresConnection {
    /// The time a connection that was idle for long has to show that it lives.
    private static let pingLimit = Duration.seconds(1)

    /// Runs a borrower's body: checks the connection, sets the deadline, settles cancellations.
    func serve<Value: Sendable>(
        until deadline: ContinuousClock.Instant,
        healthCheckAfterIdle: Duration,
        _ body: @Sendable (isolated PostgresConnection) throws -> Value
    ) -> LeaseResult<Value> {
        guard let wire = try? current(), isAlive(wire, after: healthCheckAfterIdle) else {
            return LeaseResult(outcome: .stale, isReusable: false)
        }
        wire.deadline = deadline
        cancellation.arm()
        let outcome: LeaseOutcome<Value>
        do {
            guard !Task.isCancelled else { throw PostgresError(.cancelled) }
            outcome = .value(try body(self))
        } catch {
            outcome = .failure(error)
        }
        let wasRequested = cancellation.isRequested
        // A broken connection is thrown away: nobody has to wait for its cancel call.
        let remainder = cancellation.disarm(waits: !wire.isBroken)
        wire.deadline = nil
        lastUse = .now
        let isReusable = wire.isReusable && settle(wire, remainder)
        return LeaseResult(
            outcome: wasRequested ? outcome.cancelled : outcome,
            isReusable: isReusable
        )
    }

    private func isAlive(_ wire: Wire, after idle: Duration) -> Bool {
        guard wire.hasInput() || .now - lastUse > idle else { return true }
        wire.deadline = .now + Self.pingLimit
        defer { wire.deadline = nil }
        return (try? wire.exchange([], commits: false)) != nil
    }

    /// Takes in what a cancel request left behind.
    private func settle(_ wire: Wire, _ remainder: Cancellation.Remainder) -> Bool {
        switch remainder {
        case .none: return true
        case .hanging: return false
        case .ended:
            wire.deadline = .now + Self.pingLimit
            defer { wire.deadline = nil }
            return (try? wire.exchange([], commits: false)) != nil
        }
    }
}

extension Wire {
    /// Whether the next borrower finds the connection as the first one did.
    fileprivate var isReusable: Bool {
        !isBroken && !isCopying && isIdle
    }
}

extension LeaseOutcome {
    /// The same, with the server's answer to our own cancel request named as what it is.
    fileprivate var cancelled: LeaseOutcome {
        guard case .failure(let error as PostgresError) = self else { return self }
        return .failure(error.whenStopped)
    }
}

extension PostgresError {
    /// The error of a statement that we asked the server to stop.
    var whenStopped: PostgresError {
        switch kind {
        case .server(.queryCanceled), .timeout(false), .connectionLost(false):
            PostgresError(.cancelled, report: report)
        default: self
        }
    }
}
