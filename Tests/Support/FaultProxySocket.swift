import Glibc

/// A system call on a socket that failed.
struct SocketFailure: Error, CustomStringConvertible {
    let description: String

    init(_ call: String) {
        description = "\(call): \(String(cString: strerror(errno)))"
    }
}

/// A TCP socket that listens on a free port of 127.0.0.1.
struct ListeningSocket: Sendable {
    let descriptor: Int32
    let port: Int

    init() throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw SocketFailure("socket") }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = descriptor
        let status = withUnsafeMutableBytes(of: &address) { bytes -> Int32 in
            guard let base = bytes.assumingMemoryBound(to: sockaddr.self).baseAddress else {
                return -1
            }
            let bound = bind(descriptor, base, length)
            guard bound == 0, listen(descriptor, 64) == 0 else { return -1 }
            return getsockname(descriptor, base, &length)
        }
        guard status == 0 else { throw SocketFailure("bind") }
        port = Int(UInt16(bigEndian: address.sin_port))
    }

    func close() {
        Glibc.close(descriptor)
    }
}

/// Where a proxy connects to.
enum Upstream: Sendable {
    case unix(path: String)
    case tcp(port: Int)

    /// Opens a connection.
    func connect() throws -> Int32 {
        switch self {
        case .unix(let path):
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
            return try Self.connect(AF_UNIX, &address)
        case .tcp(let port):
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = UInt16(port).bigEndian
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            return try Self.connect(AF_INET, &address)
        }
    }

    private static func connect<Address>(_ family: Int32, _ address: inout Address) throws -> Int32
    {
        let descriptor = socket(family, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw SocketFailure("socket") }
        let status = withUnsafeBytes(of: &address) { bytes in
            Glibc.connect(
                descriptor,
                bytes.assumingMemoryBound(to: sockaddr.self).baseAddress,
                socklen_t(bytes.count)
            )
        }
        guard status == 0 else {
            Glibc.close(descriptor)
            throw SocketFailure("connect")
        }
        return descriptor
    }
}
