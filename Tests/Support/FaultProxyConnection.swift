import Foundation
import Glibc
import Synchronization

/// One client, its server, and the two streams between them, on one thread.
final class ProxiedConnection: Sendable {
    private let proxy: FaultProxy
    private let client: Int32
    private let server: Int32
    private let generation: Int

    init(_ proxy: FaultProxy, client: Int32, server: Int32) {
        self.proxy = proxy
        self.client = client
        self.server = server
        generation = proxy.state.withLock { $0.generation }
    }

    /// Closes a socket so that the peer sees a reset and not an end.
    static func reset(_ descriptor: Int32) {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(
            descriptor,
            SOL_SOCKET,
            SO_LINGER,
            &option,
            socklen_t(MemoryLayout<linger>.size)
        )
        close(descriptor)
    }

    func run() {
        defer {
            Self.reset(client)
            close(server)
        }
        var pending: [UInt8] = []
        while isWanted {
            guard !isBlackHole else {
                usleep(5000)
                continue
            }
            var descriptors = [
                pollfd(fd: client, events: Int16(POLLIN), revents: 0),
                pollfd(fd: server, events: Int16(POLLIN), revents: 0),
            ]
            guard poll(&descriptors, 2, 20) > 0 else { continue }
            // The fault may have been set while this thread waited.
            guard !isBlackHole else { continue }
            if descriptors[0].revents != 0 {
                guard let bytes = read(client), write(bytes[...], to: server) else { return }
            }
            if descriptors[1].revents != 0 {
                guard let bytes = read(server) else { return }
                pending += bytes
                guard deliver(&pending) else { return }
            }
        }
    }

    private var isWanted: Bool {
        proxy.state.withLock { $0.generation == generation && !$0.isStopped }
    }

    private var isBlackHole: Bool {
        proxy.state.withLock { $0.fault.isBlackHole }
    }

    /// Passes on the whole messages among the bytes; false when the connection is cut.
    private func deliver(_ pending: inout [UInt8]) -> Bool {
        if let delay = proxy.state.withLock({ $0.fault.delay }) { pause(delay) }
        while let length = messageLength(pending) {
            let message = pending[..<length]
            let (allowed, fault) = proxy.state.withLock {
                ($0.allowance(of: message), $0.fault)
            }
            guard trickle(message.prefix(allowed), fault), allowed == length else { return false }
            pending.removeFirst(length)
        }
        return true
    }

    private func messageLength(_ bytes: [UInt8]) -> Int? {
        guard bytes.count >= 5 else { return nil }
        let length = bytes[1...4].reduce(0) { $0 << 8 | Int($1) } + 1
        return bytes.count >= length ? length : nil
    }

    private func trickle(_ bytes: ArraySlice<UInt8>, _ fault: FaultProxy.Fault) -> Bool {
        guard let rate = fault.bytesPerSecond else { return write(bytes, to: client) }
        var rest = bytes
        while !rest.isEmpty, isWanted {
            guard write(rest.prefix(max(1, rate / 50)), to: client) else { return false }
            rest = rest.dropFirst(max(1, rate / 50))
            pause(.milliseconds(20))
        }
        return rest.isEmpty
    }

    private func pause(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        usleep(UInt32(seconds * 1_000_000 + attoseconds / 1_000_000_000_000))
    }

    private func read(_ descriptor: Int32) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: 16_384)
        let count = recv(descriptor, &bytes, bytes.count, 0)
        return count > 0 ? Array(bytes.prefix(count)) : nil
    }

    private func write(_ bytes: ArraySlice<UInt8>, to descriptor: Int32) -> Bool {
        var rest = bytes
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}
