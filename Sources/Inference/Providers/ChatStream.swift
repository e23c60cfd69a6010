package import Domain

/// The events of one answer, for one reader.
///
/// Pulling is the backpressure: some events are read ahead. Dropping the stream, or cancelling
/// the task that pulls, closes the connection to the provider.
package struct ChatStream: AsyncSequence, Sendable {
    package typealias Element = ChatEvent
    package typealias Failure = ProviderFailure
    /// Gives the next events, perhaps none yet; nil at the end.
    package typealias Pull = @Sendable () async throws(ProviderFailure) -> [ChatEvent]?

    private let first: [ChatEvent]
    private let source: Source

    /// - Parameters:
    ///   - first: events that were read already.
    ///   - drop: called once when nobody holds the stream any more.
    ///   - pull: gives the next ones.
    package init(
        after first: [ChatEvent] = [],
        drop: @escaping @Sendable () -> Void = {},
        pull: @escaping Pull
    ) {
        self.first = first
        source = Source(pull: pull, drop: drop)
    }

    /// A stream of what is there already.
    package init(_ events: [ChatEvent]) {
        self.init(after: events) { () async throws(ProviderFailure) in nil }
    }

    /// The rest of a stream, behind what was read of it already.
    init(after first: [ChatEvent], continuing rest: AsyncIterator) {
        self.first = first + rest.waiting
        source = rest.source
    }

    /// The same stream; its end is told, with the failure when that is why.
    func onEnd(_ told: @escaping @Sendable (ProviderFailure?) -> Void) -> ChatStream {
        let source = source
        return ChatStream(after: first) { () async throws(ProviderFailure) in
            do throws(ProviderFailure) {
                let batch = try await source.pull()
                if batch == nil { told(nil) }
                return batch
            } catch {
                told(error)
                throw error
            }
        }
    }

    package func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(waiting: first[...], source: source)
    }

    package struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate var waiting: ArraySlice<ChatEvent>
        fileprivate let source: Source

        package mutating func next() async throws(ProviderFailure) -> ChatEvent? {
            while waiting.isEmpty {
                guard let batch = try await source.pull() else { return nil }
                waiting = batch[...]
            }
            return waiting.removeFirst()
        }

        package mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(ProviderFailure) -> ChatEvent? {
            try await next()
        }

        /// What has arrived, at once; nil at the end.
        package mutating func batch() async throws(ProviderFailure) -> [ChatEvent]? {
            guard waiting.isEmpty else {
                defer { waiting = [] }
                return Array(waiting)
            }
            return try await source.pull()
        }
    }

    fileprivate final class Source: Sendable {
        let pull: Pull
        private let drop: @Sendable () -> Void

        init(pull: @escaping Pull, drop: @escaping @Sendable () -> Void) {
            self.pull = pull
            self.drop = drop
        }

        deinit {
            drop()
        }
    }
}
