import Foundation
import Glibc

/// One connection of a model server, for one thread.
final class ModelConnection {
    private let descriptor: Int32
    private var pending: [UInt8] = []

    init(descriptor: Int32) {
        self.descriptor = descriptor
        var on: Int32 = 1
        setsockopt(
            descriptor,
            Int32(IPPROTO_TCP),
            TCP_NODELAY,
            &on,
            socklen_t(MemoryLayout<Int32>.size)
        )
    }

    /// The next request; nil when the client has left, or speaks no HTTP.
    func read() -> ModelServer.Request? {
        while true {
            if let request = takeRequest() { return request }
            var part = [UInt8](repeating: 0, count: 65_536)
            let count = recv(descriptor, &part, part.count, 0)
            guard count > 0 else { return nil }
            pending += part.prefix(count)
        }
    }

    private func takeRequest() -> ModelServer.Request? {
        guard let head = pending.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
        let lines = String(decoding: pending[..<head.lowerBound], as: UTF8.self)
            .components(separatedBy: "\r\n")
        let first = lines[0].split(separator: " ").map(String.init)
        guard first.count == 3 else { return nil }
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { continue }
            headers[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces)
        }
        let length = headers["content-length"].flatMap { Int($0) } ?? 0
        guard pending.count >= head.upperBound + length else { return nil }
        let body = pending[head.upperBound..<head.upperBound + length]
        let request = ModelServer.Request(
            method: first[0],
            path: first[1],
            headers: headers,
            body: String(decoding: body, as: UTF8.self)
        )
        pending.removeFirst(head.upperBound + length)
        return request
    }

    func send(head status: Int, _ headers: [String: String]) -> Bool {
        var lines = ["HTTP/1.1 \(status) Whatever", "Transfer-Encoding: chunked"]
        lines += headers.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
        return send(Array((lines + ["", ""]).joined(separator: "\r\n").utf8))
    }

    func send(chunk: [UInt8]) -> Bool {
        if chunk.isEmpty { return true }
        let size = String(chunk.count, radix: 16)
        return send(Array("\(size)\r\n".utf8) + chunk + Array("\r\n".utf8))
    }

    func send(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    func waitUntilGone() {
        var part = [UInt8](repeating: 0, count: 1_024)
        while recv(descriptor, &part, part.count, 0) > 0 {}
    }

    /// Closing sends a reset instead of an end.
    func reset() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(
            descriptor,
            SOL_SOCKET,
            SO_LINGER,
            &option,
            socklen_t(MemoryLayout<linger>.size)
        )
    }
}
