import Foundation
import Glibc
import Synchronization

/// A blocking TCP connection to this machine, for bytes that no HTTP client would send.
public struct Socket: Sendable {
    private let descriptor: Int32

    /// What the system refused.
    public struct Failure: Error {
        let operation: String
        let number: Int32
    }

    /// How long one read or write waits: a server that never answers, or that never reads, must fail
    /// the test, not hang it.
    private static let patience = 120

    /// Connects; `receiveBuffer` bytes are taken before the sender has to wait, when it is named.
    public init(port: Int, receiveBuffer: Int32? = nil) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        if let receiveBuffer { Self.set(SO_RCVBUF, receiveBuffer, on: descriptor) }
        var address = Self.address(port: port)
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else {
            let number = errno
            Glibc.close(descriptor)
            throw Failure(operation: "connect", number: number)
        }
        Self.set(SO_RCVTIMEO, timeval(tv_sec: Self.patience, tv_usec: 0), on: descriptor)
        Self.set(SO_SNDTIMEO, timeval(tv_sec: Self.patience, tv_usec: 0), on: descriptor)
    }

    /// A port that nobody listens on, and that nobody gets but who asks for it.
    ///
    /// It is none of those that the system gives to whoever names none: such a one may belong to
    /// another test's connection by the time a program listens on it.
    public static func freePort() throws -> Int {
        for _ in 0..<given.count {
            let number = next.add(1, ordering: .relaxed).newValue
            let port = given.lowerBound + (number + Int(getpid()) * 61) % given.count
            if try isFree(port) { return port }
        }
        throw Failure(operation: "bind", number: EADDRINUSE)
    }

    /// Below the system's own.
    private static let given = 10_000..<32_000
    private static let next = Atomic(0)

    private static func isFree(_ port: Int) throws -> Bool {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard listener >= 0 else { throw Failure(operation: "socket", number: errno) }
        defer { Glibc.close(listener) }
        var address = address(port: port)
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }

    private static func address(port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        return address
    }

    private static func set<Value>(_ option: Int32, _ value: Value, on descriptor: Int32) {
        _ = withUnsafeBytes(of: value) {
            setsockopt(descriptor, SOL_SOCKET, option, $0.baseAddress, socklen_t($0.count))
        }
    }

    /// Sends what the server takes; what it refuses to take is no failure.
    ///
    /// - Returns: Whether all of it was taken.
    @discardableResult
    public func send(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    /// What has arrived, after waiting for it; nil when the server has closed or says nothing.
    public func read() -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        return count > 0 ? Array(buffer.prefix(count)) : nil
    }

    /// What has arrived, as `read` has it, awaited on another thread.
    public func readSome() async -> [UInt8]? {
        await withCheckedContinuation { continuation in
            Thread { continuation.resume(returning: read()) }.start()
        }
    }

    /// Everything until the server closes.
    public func readAll() async -> String {
        await withCheckedContinuation { continuation in
            Thread {
                var bytes: [UInt8] = []
                while let more = read() { bytes += more }
                continuation.resume(returning: String(decoding: bytes, as: UTF8.self))
            }.start()
        }
    }

    /// Says that nothing more is sent; what comes can still be read.
    public func finish() {
        shutdown(descriptor, Int32(SHUT_WR))
    }

    /// Ends the connection.
    public func close() {
        Glibc.close(descriptor)
    }
}
