import Foundation
import Glibc

/// A blocking HTTP/1.1 connection that stays open, for one thread.
///
/// Written by hand because the tests must know what no HTTP client tells: whether a request was
/// refused, never answered, or answered in part.
final class HTTPConnection {
    private let descriptor: Int32
    private var pending: [UInt8] = []

    /// Nil when nobody listens.
    init?(port: Int) {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { return nil }
        // A server that never answers must fail the test, not hang it.
        var limit = timeval(tv_sec: 30, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, size)
    }

    deinit {
        close(descriptor)
    }

    /// Sends one request and reads its answer.
    func ask(_ request: HTTPAsk) -> HTTPOutcome {
        send(Array(request.text.utf8))
        while true {
            if let reply = takeReply() { return .reply(reply) }
            var buffer = [UInt8](repeating: 0, count: 65_536)
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { return pending.isEmpty ? .unanswered : .truncated }
            pending += buffer.prefix(count)
        }
    }

    private func send(_ bytes: [UInt8]) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            // What was answered before the end can still be read.
            guard count > 0 else { return }
            sent += count
        }
    }

    private func takeReply() -> Reply? {
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
        let reply = Reply(
            status: words.count > 1 ? Int(words[1]) ?? 0 : 0,
            headers: headers,
            text: String(decoding: body, as: UTF8.self)
        )
        pending.removeFirst(end.upperBound + length)
        return reply
    }
}

/// A request.
struct HTTPAsk: Sendable {
    var method: String
    var path: String
    var headers: [String: String] = [:]
    var body: String?

    fileprivate var text: String {
        var lines = ["\(method) \(path) HTTP/1.1", "Host: api"]
        lines += headers.map { "\($0.key): \($0.value)" }
        if let body {
            lines += ["Content-Type: application/json", "Content-Length: \(body.utf8.count)"]
        }
        return lines.joined(separator: "\r\n") + "\r\n\r\n" + (body ?? "")
    }
}

/// What became of a request.
enum HTTPOutcome: Sendable {
    case reply(Reply)
    /// Nobody listened.
    case refused
    /// The connection ended before the first byte of an answer.
    case unanswered
    /// The connection ended within an answer.
    case truncated

    var status: Int? {
        if case .reply(let reply) = self { reply.status } else { nil }
    }
}
