import Dispatch
import Foundation
import Glibc
import Synchronization

// DESIGN
//
// A model server over real sockets, with threads and blocking calls, so that it shares nothing
// with the code under test. What it does is a list of steps; it misbehaves exactly as a test says.
// It meets the test at named places: nothing waits for a time to pass.

/// A model server of one test, on a free port of 127.0.0.1.
public final class ModelServer: Sendable {
    /// What somebody asked.
    public struct Request: Sendable {
        /// As it was sent.
        public var method: String
        /// With its query.
        public var path: String
        /// By their names in small letters.
        public var headers: [String: String]
        /// As text.
        public var body: String
    }

    /// What the server does next with a connection.
    public enum Step: Sendable {
        /// Status and headers; the body comes in chunks.
        case head(Int, [String: String])
        /// One chunk of the body.
        case text(String)
        case bytes([UInt8])
        /// So many tokens are billed from here on.
        case bill(Int)
        /// The test learns that the server is here.
        case tell(String)
        /// The server stays here until the test opens the gate.
        case wait(String)
        /// The body ends as it should; the connection stays open.
        case end
        /// The connection ends without the body's end.
        case cut
        /// The connection is torn down: what was not read yet is lost.
        case reset
        /// The server says nothing more; the test learns when the client has left.
        case untilGone(String)
        /// Bytes that are no HTTP.
        case raw(String)
    }

    private struct State {
        var requests: [Request] = []
        var billed = 0
        var connections = 0
        var places: Set<String> = []
        var waiting: [Int: (place: String, continuation: CheckedContinuation<Void, any Error>)] =
            [:]
        var waits = 0
        var clients: Set<Int32> = []
        var isStopped = false
    }

    /// Gives the steps for a request; the number counts from 0.
    public typealias Script = @Sendable (_ request: Request, _ number: Int) -> [Step]

    private let listener: ListeningSocket
    private let script: Script
    private let state = Mutex(State())
    private let gates = Gates()

    /// Starts a server.
    public init(_ script: @escaping Script) throws {
        listener = try ListeningSocket()
        self.script = script
        Thread { [self] in accept() }.start()
    }

    /// Starts a server that answers every request alike.
    public convenience init(_ steps: [Step]) throws {
        try self.init { _, _ in steps }
    }

    /// Where it listens.
    public var port: Int { listener.port }

    /// The base of its addresses.
    public var url: String { "http://127.0.0.1:\(port)/v1" }

    /// What was asked so far.
    public var requests: [Request] { state.withLock { $0.requests } }

    /// The tokens that were billed so far.
    public var billed: Int { state.withLock { $0.billed } }

    /// The connections that were made so far.
    public var connections: Int { state.withLock { $0.connections } }

    /// Lets the server pass a gate, now and later.
    public func open(_ gate: String) {
        gates.open(gate)
    }

    /// A place that the server did not come to.
    public struct Failure: Error, CustomStringConvertible {
        /// Which one, and what was asked until then.
        public let description: String
    }

    /// Returns when the server has been at a place.
    ///
    /// - Throws: `Failure` when it does not come there in time.
    public func reached(_ place: String, deadline: Duration = .seconds(60)) async throws {
        try await withCheckedThrowingContinuation { continuation in
            let number = state.withLock { state -> Int? in
                if state.places.contains(place) { return nil }
                state.waits += 1
                state.waiting[state.waits] = (place, continuation)
                return state.waits
            }
            guard let number else { return continuation.resume() }
            let seconds = Double(deadline.components.seconds)
            DispatchQueue.global().asyncAfter(deadline: .now() + seconds) { [self] in
                giveUp(number, after: deadline)
            }
        }
    }

    private func giveUp(_ number: Int, after deadline: Duration) {
        let (left, asked) = state.withLock { state in
            (state.waiting.removeValue(forKey: number), state.requests.map(\.path))
        }
        guard let left else { return }
        let sentence =
            "the model server did not come to \"\(left.place)\" within \(deadline);"
            + " it was asked for \(asked)"
        left.continuation.resume(throwing: Failure(description: sentence))
    }

    /// Ends the server and its connections.
    public func stop() {
        let clients = state.withLock { state in
            state.isStopped = true
            return state.clients
        }
        for client in clients { shutdown(client, Int32(SHUT_RDWR)) }
        gates.openAll()
    }

    private func accept() {
        defer { listener.close() }
        while !state.withLock({ $0.isStopped }) {
            var descriptor = pollfd(fd: listener.descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&descriptor, 1, 20) > 0 else { continue }
            let client = Glibc.accept(listener.descriptor, nil, nil)
            guard client >= 0 else { continue }
            state.withLock { state in
                state.clients.insert(client)
                state.connections += 1
            }
            tell("connected")
            Thread { [self] in
                serve(ModelConnection(descriptor: client))
                state.withLock { _ = $0.clients.remove(client) }
                close(client)
            }.start()
        }
    }

    private func serve(_ connection: ModelConnection) {
        while let request = connection.read() {
            let number = state.withLock { state in
                state.requests.append(request)
                return state.requests.count - 1
            }
            let steps = script(request, number)
            for (index, step) in steps.enumerated() {
                if perform(step, on: connection) { continue }
                // A client that left while it was written to is not waited for any more.
                for case .untilGone(let place) in steps[(index + 1)...] { tell(place) }
                return
            }
        }
    }

    /// - Returns: Whether the connection goes on.
    private func perform(_ step: Step, on connection: ModelConnection) -> Bool {
        switch step {
        case .head(let status, let headers): return connection.send(head: status, headers)
        case .text(let text): return connection.send(chunk: Array(text.utf8))
        case .bytes(let bytes): return connection.send(chunk: bytes)
        case .bill(let tokens): state.withLock { $0.billed += tokens }
        case .tell(let place): tell(place)
        case .wait(let gate): gates.wait(for: gate)
        case .end: return connection.send(Array("0\r\n\r\n".utf8))
        case .cut: return false
        case .reset:
            connection.reset()
            return false
        case .untilGone(let place):
            connection.waitUntilGone()
            tell(place)
            return false
        case .raw(let text): return connection.send(Array(text.utf8))
        }
        return true
    }

    private func tell(_ place: String) {
        let waiting = state.withLock { state in
            state.places.insert(place)
            let there = state.waiting.filter { $0.value.place == place }
            for number in there.keys { state.waiting[number] = nil }
            return Array(there.values)
        }
        for (_, continuation) in waiting { continuation.resume() }
    }
}

/// Gates that threads stand at.
private final class Gates: @unchecked Sendable {
    // All state is read and written with the condition's lock held.
    private let condition = NSCondition()
    private var opened: Set<String> = []
    private var isOver = false

    func open(_ gate: String) {
        condition.withLock {
            opened.insert(gate)
            condition.broadcast()
        }
    }

    func openAll() {
        condition.withLock {
            isOver = true
            condition.broadcast()
        }
    }

    func wait(for gate: String) {
        condition.withLock {
            while !opened.contains(gate), !isOver { condition.wait() }
        }
    }
}
