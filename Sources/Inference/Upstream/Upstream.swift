import AsyncHTTPClient
import Domain
import NIOCore
import NIOHTTP1

/// One provider over the network: its address, its way to name us, its time-outs.
struct Upstream: Sendable {
    let configuration: ModelProvider.Configuration
    let pace: Pace

    /// Lives as long as the process, as the event loops do.
    ///
    /// - Redirects are not followed: a key must not go elsewhere.
    /// - A connection that is refused is refused at once; who tries again is decided above.
    /// - Idle connections end early: some servers close theirs after five seconds, and a request
    ///   that meets the end of a connection might have been billed.
    static let client: HTTPClient = {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout = .init(connect: .seconds(120))
        configuration.connectionPool.idleTimeout = .seconds(4)
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 1_024
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }()

    /// A request whose body tells when it is asked for: from then on it may have arrived.
    func request(
        _ path: String,
        _ body: JSONValue,
        isStreamed: Bool,
        watch: Watch
    ) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: configuration.address.description + path)
        request.method = .POST
        request.headers.add(name: "content-type", value: "application/json")
        request.headers.add(
            name: "accept",
            value: isStreamed ? "text/event-stream" : "application/json"
        )
        request.headers.add(name: "user-agent", value: "ghostworks")
        for (name, value) in configuration.headers { request.headers.add(name: name, value: value) }
        let bytes = Array(body.canonical.utf8)
        request.body = .bytes(
            WatchedBody(bytes: bytes) { watch.enter(.sent) },
            length: .known(Int64(bytes.count))
        )
        return request
    }
}

/// Bytes, and word of when they are taken.
///
/// The client copies a collection into the connection's buffer when the head has gone out, on the
/// connection's own thread: no task has to wake for it, as one does for a stream.
private struct WatchedBody: Collection, Sendable {
    let bytes: [UInt8]
    let taken: @Sendable () -> Void

    var startIndex: Int { bytes.startIndex }
    var endIndex: Int { bytes.endIndex }
    var count: Int { bytes.count }

    subscript(position: Int) -> UInt8 { bytes[position] }

    func index(after position: Int) -> Int { position + 1 }

    func withContiguousStorageIfAvailable<Value>(
        _ body: (UnsafeBufferPointer<UInt8>) throws -> Value
    ) rethrows -> Value? {
        taken()
        return try bytes.withContiguousStorageIfAvailable(body)
    }
}
