import CLibPQ
import Glibc
import Logging

// DESIGN
//
// The synchronous half of a connection: libpq, driven without blocking in libpq itself.
//
// 1. Used from one thread at a time: it belongs to the actor `PostgresConnection`.
// 2. libpq never waits; only `wait(for:)` does, in `poll(2)`, against `deadline`. A peer that
//    stops answering therefore costs the deadline and not the kernel's patience.
// 3. At rest the connection is in pipeline mode with nothing in flight.
// 4. After a deadline or a lost peer `isBroken` is set for good: what the server answers later
//    would be taken for the answer to another question.

/// One libpq connection and its waiting.
final class Wire {
    /// Why an exchange could not be read to its end.
    enum Interruption: Error {
        case deadline
        case lost(ServerReport?)
    }

    let pointer: OpaquePointer
    let cancellation: Cancellation
    let logger: Logger?
    /// No wait lasts longer than this.
    var deadline: ContinuousClock.Instant?
    /// Whether nothing can be asked of this connection any more.
    private(set) var isBroken = false
    /// Whether the connection streams a COPY and serves nothing else.
    var isCopying = false
    var statements = StatementCache(capacity: 256)
    var parameters = ParameterBuffer()

    init(_ pointer: OpaquePointer, cancellation: Cancellation, logger: Logger?) {
        self.pointer = pointer
        self.cancellation = cancellation
        self.logger = logger
        PQsetNoticeReceiver(
            pointer,
            { context, result in
                guard let context, let result else { return }
                Unmanaged<Wire>.fromOpaque(context).takeUnretainedValue().log(notice: result)
            },
            Unmanaged.passUnretained(self).toOpaque()
        )
    }

    deinit {
        PQfinish(pointer)
    }

    /// Whether no transaction is open on the server.
    var isIdle: Bool {
        PQtransactionStatus(pointer) == PQTRANS_IDLE
    }

    /// Whether a transaction is open on the server and has not failed.
    var isInTransaction: Bool {
        PQtransactionStatus(pointer) == PQTRANS_INTRANS
    }

    func markBroken() {
        isBroken = true
    }

    /// Whether the server said something, perhaps goodbye, while nobody was asking.
    ///
    /// Costs one system call.
    func hasInput() -> Bool {
        var descriptor = pollfd(fd: PQsocket(pointer), events: Int16(POLLIN), revents: 0)
        return poll(&descriptor, 1, 0) != 0
    }

    /// Waits until the socket is ready, or throws when the deadline or a cancellation ends it.
    ///
    /// - Returns: the events that are there.
    @discardableResult
    func wait(for events: Int32) throws(Interruption) -> Int32 {
        var limit = deadline
        while true {
            var descriptors = (
                pollfd(fd: PQsocket(pointer), events: Int16(events), revents: 0),
                pollfd(fd: cancellation.wake.readEnd, events: Int16(POLLIN), revents: 0)
            )
            let left = limit.map { max(0, ($0 - .now).milliseconds) }
            let ready = withUnsafeMutableBytes(of: &descriptors) {
                poll($0.assumingMemoryBound(to: pollfd.self).baseAddress, 2, timeout(left))
            }
            if ready < 0, errno != EINTR { throw .lost(nil) }
            guard ready >= 0 else { continue }
            if descriptors.0.revents != 0 { return Int32(descriptors.0.revents) }
            if descriptors.1.revents != 0 {
                cancellation.wake.drain()
                if cancellation.isRequested {
                    let end = ContinuousClock.now + cancellation.grace
                    limit = min(limit ?? end, end)
                }
            }
            if let left, ready == 0, left < Int64(Int32.max) { throw .deadline }
        }
    }

    /// Translates the end of a conversation, which is also the end of this connection.
    func failure(_ interruption: Interruption, outcomeUnknown: Bool) -> PostgresError {
        isBroken = true
        switch interruption {
        case .deadline:
            // The server would work on for a client that has left.
            cancellation.request(always: true)
            return PostgresError(.timeout(outcomeUnknown: outcomeUnknown))
        case .lost(let report):
            return PostgresError(.connectionLost(outcomeUnknown: outcomeUnknown), report: report)
        }
    }

    private func timeout(_ milliseconds: Int64?) -> Int32 {
        milliseconds.map { Int32(clamping: $0) } ?? -1
    }

    private func log(notice result: OpaquePointer) {
        guard let logger, let report = ServerReport(result: result) else { return }
        logger.debug("notice from PostgreSQL", metadata: ["notice": "\(report.debugDescription)"])
    }
}
