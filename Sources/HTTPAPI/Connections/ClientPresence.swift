import NIOCore
import Synchronization

// DESIGN
//
// 1. One for each connection, made by its `ConnectionGuard`, which sees the client's side close.
// 2. A client that closed its side has gone, though it might still read: nobody who waits for an
//    answer does that, and a connection that was hung up looks the same.
// 3. An action runs at most once: it is taken out under the lock and run behind it.

/// Whether the client of a connection is still there.
final class ClientPresence: Sendable {
    private struct State {
        var isGone = false
        var last: UInt64 = 0
        var actions: [UInt64: @Sendable () -> Void] = [:]
    }

    private let state = Mutex(State())

    /// Runs `action` when the client goes; at once when it has gone.
    ///
    /// - Returns: A number that takes it back.
    func whenGone(_ action: @escaping @Sendable () -> Void) -> UInt64 {
        let (number, hasGone) = state.withLock { state in
            state.last += 1
            if !state.isGone { state.actions[state.last] = action }
            return (state.last, state.isGone)
        }
        if hasGone { action() }
        return number
    }

    /// Takes an action back that is no longer wanted.
    func forget(_ number: UInt64) {
        state.withLock { $0.actions[number] = nil }
    }

    /// The client has gone.
    func leave() {
        let actions = state.withLock { state in
            state.isGone = true
            defer { state.actions = [:] }
            return state.actions
        }
        for number in actions.keys.sorted() { actions[number]?() }
    }
}

extension APIContext {
    /// The presence of the request's client; nil for a request without a connection of its own.
    func presence() async -> ClientPresence? {
        let channel = channel
        if channel.eventLoop.inEventLoop { return ClientPresence.of(channel) }
        return try? await channel.eventLoop.submit { ClientPresence.of(channel) }.get()
    }
}

extension ClientPresence {
    /// On the channel's own loop only.
    fileprivate static func of(_ channel: any Channel) -> ClientPresence? {
        try? channel.pipeline.syncOperations.handler(type: ConnectionGuard.self).presence
    }
}

extension Exchange {
    /// Does work that is cancelled when its client goes.
    ///
    /// - Parameter work: What nobody pays for once nobody waits for it.
    /// - Returns: What it came to.
    /// - Throws: What it throws.
    func whileClientStays<Value: Sendable>(
        _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        guard let presence = await context.presence() else { return try await work() }
        let task = Task(executorPreference: context.executor) { try await work() }
        let number = presence.whenGone { task.cancel() }
        defer { presence.forget(number) }
        return try await withTaskCancellationHandler {
            try await task.value
        } onCancel: {
            task.cancel()
        }
    }
}
