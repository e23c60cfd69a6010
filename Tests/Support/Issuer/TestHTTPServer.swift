import Foundation
import Glibc
import Synchronization

/// A server for one answer a connection, on a free port of 127.0.0.1; threads and blocking calls,
/// so that it shares nothing with the code under test.
public final class TestHTTPServer: Sendable {
    /// What somebody asks.
    public struct Request: Sendable {
        /// As it was sent.
        public var method: String
        /// With its query.
        public var target: String
        /// By their names in small letters; of several the first.
        public var headers: [String: String]
        /// As text.
        public var body: String

        /// Without its query.
        public var path: String { String(target.prefix { $0 != "?" }) }

        /// The fields of a form.
        public var form: [String: String] {
            var components = URLComponents()
            components.percentEncodedQuery = body
            let items = (components.queryItems ?? []).map { ($0.name, $0.value ?? "") }
            return Dictionary(items) { first, _ in first }
        }
    }

    /// What somebody gets.
    public enum Reply: Sendable {
        case json(String, status: Int = 200)
        case redirect(String)
        /// So many bytes of nothing.
        case flood(Int)
        /// Never a word, until the server is stopped.
        case silence
        /// The connection ends without an answer.
        case hangUp
    }

    /// Gives the answer to a request, on any thread.
    public typealias Handler = @Sendable (Request) -> Reply

    private let listener: ListeningSocket
    private let handler: Handler
    private let isStopped = Atomic(false)

    /// Where it listens.
    public var port: Int { listener.port }

    /// Starts a server.
    ///
    /// - Parameter handler: gives the answer to each request.
    /// - Throws: a failed system call.
    public init(_ handler: @escaping Handler) throws {
        listener = try ListeningSocket()
        self.handler = handler
        Thread { [self] in accept() }.start()
    }

    /// Ends the server; what is open is left to its end.
    public func stop() {
        isStopped.store(true, ordering: .sequentiallyConsistent)
    }

    private var stopped: Bool { isStopped.load(ordering: .sequentiallyConsistent) }

    private func accept() {
        defer { listener.close() }
        while !stopped {
            var descriptor = pollfd(fd: listener.descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&descriptor, 1, 20) > 0 else { continue }
            let client = Glibc.accept(listener.descriptor, nil, nil)
            guard client >= 0 else { continue }
            Thread { [self] in
                serve(client)
                close(client)
            }.start()
        }
    }

    private func serve(_ client: Int32) {
        guard let request = read(client) else { return }
        switch handler(request) {
        case .json(let text, let status):
            send(client, status: status, ["Content-Type: application/json"], Array(text.utf8))
        case .redirect(let location):
            send(client, status: 302, ["Location: \(location)"], [])
        case .flood(let count):
            send(client, status: 200, [], [UInt8](repeating: 32, count: count))
        case .silence: while !stopped { usleep(5_000) }
        case .hangUp: return
        }
    }

    private func send(_ client: Int32, status: Int, _ headers: [String], _ body: [UInt8]) {
        let lines =
            ["HTTP/1.1 \(status) Whatever", "Content-Length: \(body.count)", "Connection: close"]
            + headers + ["", ""]
        var rest = (Array(lines.joined(separator: "\r\n").utf8) + body)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Glibc.send(client, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    private func read(_ client: Int32) -> Request? {
        var bytes: [UInt8] = []
        let end = Array("\r\n\r\n".utf8)
        while true {
            if let head = bytes.firstRange(of: end) {
                let lines = String(decoding: bytes[..<head.lowerBound], as: UTF8.self)
                    .components(separatedBy: "\r\n")
                let first = lines[0].split(separator: " ").map(String.init)
                guard first.count == 3 else { return nil }
                let headers = lines.dropFirst().map { $0.split(separator: ":", maxSplits: 1) }
                    .filter { $0.count == 2 }
                    .map { ($0[0].lowercased(), $0[1].trimmingCharacters(in: .whitespaces)) }
                let fields = Dictionary(headers) { first, _ in first }
                let length = fields["content-length"].flatMap { Int($0) } ?? 0
                let body = bytes[head.upperBound...]
                if body.count >= length {
                    return Request(
                        method: first[0],
                        target: first[1],
                        headers: fields,
                        body: String(decoding: body.prefix(length), as: UTF8.self)
                    )
                }
            }
            var part = [UInt8](repeating: 0, count: 16_384)
            let count = recv(client, &part, part.count, 0)
            guard count > 0 else { return nil }
            bytes += part.prefix(count)
        }
    }
}
