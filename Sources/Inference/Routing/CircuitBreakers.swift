package import Domain
import Synchronization

/// The breakers of all lines that were ever used, and what a failure tells each of them.
package final class CircuitBreakers: Sendable {
    /// A provider's model, asked with one key.
    package struct Line: Hashable, Sendable {
        package var provider: String
        package var model: String
        package var key: String

        package init(provider: String, model: String, key: String) {
            self.provider = provider
            self.model = model
            self.key = key
        }

        /// The line of a provider's key to one of its models.
        init(_ provider: ModelProvider, model: String) {
            self.init(provider: provider.id, model: model, key: provider.key)
        }

        /// The key itself, whatever model it is for.
        fileprivate var ofKey: Line { Line(provider: provider, model: "", key: key) }
    }

    /// A provider would not have our key, or its credit is used up: 401 and 402.
    package struct Refusal: Hashable, Sendable {
        package var provider: String
        package var model: String
        package var status: Int?
    }

    /// How long a key that was refused is left alone.
    package static let refusedKey = Duration.seconds(300)
    /// The longest that a rate limit closes a line, whatever the provider wishes.
    package static let longestRest = Duration.seconds(60)

    private let limits: CircuitBreaker.Limits
    private let breakers = Mutex<[Line: CircuitBreaker]>([:])
    private let refusals = Mutex<[Refusal]>([])
    /// So many are kept until somebody takes them.
    private static let mostRefusals = 1_000

    package init(limits: CircuitBreaker.Limits = CircuitBreaker.Limits()) {
        self.limits = limits
    }

    /// - Returns: Whether a call may go out.
    package func admit(_ line: Line, at now: ContinuousClock.Instant) -> CircuitBreaker.Admission {
        breakers.withLock { breakers in
            let key = breakers[line.ofKey, default: CircuitBreaker(limits: limits)].admit(at: now)
            if case .refused = key { return key }
            let model = breakers[line, default: CircuitBreaker(limits: limits)].admit(at: now)
            if case .refused = model, key == .probe {
                breakers[line.ofKey]?.abandoned(at: now)
            }
            return model == .pass ? key : model
        }
    }

    /// An answer began.
    package func began(_ line: Line) {
        breakers.withLock { breakers in
            breakers[line]?.began()
            breakers[line.ofKey]?.began()
        }
    }

    /// An answer came to its end.
    package func succeeded(_ line: Line) {
        breakers.withLock { breakers in
            breakers[line]?.succeeded()
            breakers[line.ofKey]?.succeeded()
        }
    }

    /// A call failed; what that says of the line depends on why.
    package func failed(_ line: Line, _ failure: ProviderFailure, at now: ContinuousClock.Instant) {
        breakers.withLock { breakers in
            switch failure.reason {
            case .unauthorized:
                // Calls that went out together are refused together: once is enough to tell.
                if breakers[line.ofKey]?.isOpen(at: now) == false { note(line, failure) }
                breakers[line.ofKey]?.rest(until: now + Self.refusedKey)
                breakers[line]?.abandoned(at: now)
            case .rateLimited:
                let pause = min(failure.retryAfter ?? .zero, Self.longestRest)
                breakers[line.ofKey]?.abandoned(at: now)
                breakers[line]?.abandoned(at: now)
                if pause > .zero { breakers[line]?.rest(until: now + pause) }
            case .unreachable, .timedOut, .broken:
                breakers[line.ofKey]?.abandoned(at: now)
                breakers[line]?.failed(at: now)
            case .badRequest, .unknownModel, .tooLong, .benched, .cancelled, .notConfigured:
                breakers[line.ofKey]?.abandoned(at: now)
                breakers[line]?.abandoned(at: now)
            }
        }
    }

    private func note(_ line: Line, _ failure: ProviderFailure) {
        refusals.withLock { refusals in
            guard refusals.count < Self.mostRefusals else { return }
            refusals.append(
                Refusal(provider: line.provider, model: line.model, status: failure.status)
            )
        }
    }

    /// The refusals since somebody asked last, one for each time that a key was left alone.
    package func takeRefusals() -> [Refusal] {
        refusals.withLock { refusals in
            defer { refusals = [] }
            return refusals
        }
    }

    /// Until when a line is left alone, for itself or for its key; nil for one that may be used.
    package func closedUntil(
        _ line: Line,
        at now: ContinuousClock.Instant
    ) -> ContinuousClock.Instant? {
        breakers.withLock { breakers in
            [breakers[line], breakers[line.ofKey]].compactMap { $0?.closedUntil(now) }.max()
        }
    }

    /// A call ended without telling anything of the provider.
    package func abandoned(_ line: Line, at now: ContinuousClock.Instant) {
        breakers.withLock { breakers in
            breakers[line.ofKey]?.abandoned(at: now)
            breakers[line]?.abandoned(at: now)
        }
    }

    /// The lines that are closed to calls, for metrics.
    package func closed(at now: ContinuousClock.Instant) -> [Line] {
        breakers.withLock { breakers in
            breakers.filter { $0.value.closedUntil(now) != nil }.map(\.key)
                .sorted { ($0.provider, $0.model, $0.key) < ($1.provider, $1.model, $1.key) }
        }
    }
}
