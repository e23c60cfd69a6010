import Foundation

/// A blocking HTTP/1.1 connection that stays open, for one thread.
///
/// Written by hand because the tests must know what no HTTP client tells: whether a request was
/// refused, never answered, or answered in part.
public final class HTTPConnection {
    private let socket: Socket
    private var pending: [UInt8] = []

    /// Nil when nobody listens.
    public init?(port: Int) {
        guard let socket = try? Socket(port: port) else { return nil }
        self.socket = socket
    }

    deinit {
        socket.close()
    }

    /// Sends one request and reads its answer.
    public func ask(_ request: HTTPAsk) -> HTTPOutcome {
        // What was answered before the server's end can still be read.
        socket.send(request.text)
        while true {
            if let reply = takeReply() { return .reply(reply) }
            guard let bytes = socket.read() else {
                return pending.isEmpty ? .unanswered : .truncated
            }
            pending += bytes
        }
    }

    private func takeReply() -> HTTPReply? {
        guard let end = pending.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
        let lines = String(decoding: pending[..<end.lowerBound], as: UTF8.self)
            .components(separatedBy: "\r\n")
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { continue }
            headers[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces)
        }
        let length = headers["content-length"].flatMap { Int($0) } ?? 0
        guard pending.count >= end.upperBound + length else { return nil }
        let body = pending[end.upperBound..<end.upperBound + length]
        let words = lines[0].split(separator: " ")
        let reply = HTTPReply(
            status: words.count > 1 ? Int(words[1]) ?? 0 : 0,
            headers: headers,
            text: String(decoding: body, as: UTF8.self)
        )
        pending.removeFirst(end.upperBound + length)
        return reply
    }
}

/// A request.
public struct HTTPAsk: Sendable {
    private let method: String
    private let path: String
    private let headers: [String: String]
    private let body: String?

    /// A request whose body, when there is one, is JSON.
    public init(
        _ method: String,
        _ path: String,
        headers: [String: String] = [:],
        body: String? = nil
    ) {
        self.method = method
        self.path = path
        self.headers = headers
        self.body = body
    }

    /// The bytes to send.
    public var text: String {
        var lines = ["\(method) \(path) HTTP/1.1", "Host: api"]
        lines += headers.map { "\($0.key): \($0.value)" }
        if let body {
            lines += ["Content-Type: application/json", "Content-Length: \(body.utf8.count)"]
        }
        return lines.joined(separator: "\r\n") + "\r\n\r\n" + (body ?? "")
    }
}

/// An answer.
public struct HTTPReply: Sendable {
    /// The code in the first line; 0 when it holds none.
    public let status: Int
    /// Names are in lower case.
    public let headers: [String: String]
    /// The body.
    public let text: String
}

/// What became of a request.
public enum HTTPOutcome: Sendable {
    case reply(HTTPReply)
    /// Nobody listened.
    case refused
    /// The connection ended before the first byte of an answer.
    case unanswered
    /// The connection ended within an answer.
    case truncated

    /// Of an answer; nil when there was none.
    public var status: Int? {
        if case .reply(let reply) = self { reply.status } else { nil }
    }
}
