import Foundation
import Glibc
public import Postgres
import Synchronization

// DESIGN
//
// Threads and blocking calls: a proxy that shared a pool with the code under test could not be
// told from a slow server. Every thread looks at the fault again at least every 20 ms.
// The server's stream is cut into whole messages (a type byte and a length), so that a cut can be
// made exactly before the n-th ReadyForQuery: the server has committed, the client never hears.

/// A TCP proxy in front of PostgreSQL that misbehaves on request.
public final class FaultProxy: Sendable {
    /// How the proxy misbehaves; all at once if several are set.
    public struct Fault: Sendable {
        /// Each piece of the server's answer comes this much later.
        public var delay: Duration?
        /// The server's answer trickles.
        public var bytesPerSecond: Int?
        /// Nothing goes through any more, in either direction, and nothing is closed.
        public var isBlackHole = false
        /// The connection is reset after this many bytes of answers, counted from now on.
        public var cutAfterBytes: Int?
        /// The connection is reset instead of delivering the n-th ReadyForQuery from now on.
        public var cutAtReadyForQuery: Int?

        /// No misbehaviour.
        public init() {}
    }

    private let listener: ListeningSocket
    private let upstream: Upstream
    let state = Mutex(ProxyState())

    /// The port of 127.0.0.1 the proxy listens on.
    public var port: Int {
        listener.port
    }

    /// Starts a proxy in front of a server.
    ///
    /// - Parameter settings: how to reach the server, by its socket or on 127.0.0.1.
    /// - Throws: a failed system call.
    public init(to settings: ConnectionSettings) throws {
        let host = settings.host ?? "/var/run/postgresql"
        upstream =
            host.hasPrefix("/")
            ? .unix(path: "\(host)/.s.PGSQL.\(settings.port)") : .tcp(port: settings.port)
        listener = try ListeningSocket()
        Thread { [self] in accept() }.start()
    }

    /// Settings that go through the proxy.
    public func settings(_ direct: ConnectionSettings) -> ConnectionSettings {
        var settings = direct
        settings.host = "127.0.0.1"
        settings.port = port
        settings.sslMode = .disable
        return settings
    }

    /// Misbehaves like this from now on, on all connections.
    public func set(_ fault: Fault) {
        state.withLock { $0.set(fault) }
    }

    /// Behaves from now on.
    public func heal() {
        set(Fault())
    }

    /// Resets all connections that are open now.
    public func reset() {
        state.withLock { $0.generation += 1 }
    }

    /// What the server has answered until now, on all connections together.
    public var traffic: Traffic {
        state.withLock { $0.traffic }
    }

    /// What went through the proxy.
    public struct Traffic: Hashable, Sendable {
        /// Statements that the server has completed.
        public var statements = 0
        /// How often the client had to wait for the server.
        public var roundTrips = 0

        /// What came after an earlier look.
        public static func - (later: Traffic, earlier: Traffic) -> Traffic {
            Traffic(
                statements: later.statements - earlier.statements,
                roundTrips: later.roundTrips - earlier.roundTrips
            )
        }
    }

    /// Closes everything.
    public func stop() {
        state.withLock { $0.isStopped = true }
    }

    private func accept() {
        defer { listener.close() }
        while !state.withLock({ $0.isStopped }) {
            var descriptor = pollfd(fd: listener.descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&descriptor, 1, 20) > 0 else { continue }
            let client = Glibc.accept(listener.descriptor, nil, nil)
            guard client >= 0 else { continue }
            _ = fcntl(client, F_SETFD, FD_CLOEXEC)
            guard let server = try? upstream.connect() else {
                ProxiedConnection.reset(client)
                continue
            }
            let connection = ProxiedConnection(self, client: client, server: server)
            Thread { connection.run() }.start()
        }
    }
}

/// What the proxy's threads agree on.
struct ProxyState {
    var fault = FaultProxy.Fault()
    /// Connections of an older generation are reset.
    var generation = 0
    var isStopped = false
    private(set) var traffic = FaultProxy.Traffic()
    private var bytes = 0
    private var readyForQueries = 0

    mutating func set(_ fault: FaultProxy.Fault) {
        self.fault = fault
        bytes = 0
        readyForQueries = 0
    }

    /// How much of a server's message may go through: all of it, or the part before the cut.
    mutating func allowance(of message: ArraySlice<UInt8>) -> Int {
        switch message.first {
        case UInt8(ascii: "C"): traffic.statements += 1
        case UInt8(ascii: "Z"): traffic.roundTrips += 1
        default: break
        }
        if message.first == UInt8(ascii: "Z"), let limit = fault.cutAtReadyForQuery {
            readyForQueries += 1
            if readyForQueries >= limit { return 0 }
        }
        if let limit = fault.cutAfterBytes {
            let allowed = min(message.count, max(0, limit - bytes))
            bytes += message.count
            return allowed
        }
        return message.count
    }
}
