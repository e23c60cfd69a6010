import Domain
import Synchronization

// DESIGN
//
//     call ── send ──▶ [ parts, 16 and a batch at most ] ── take ──▶ reader
//
// 1. Pulling is the backpressure: `send` waits while the line is full, and so the provider's
//    socket is not read.
// 2. A reader gets all that waits: what came together is written to the client together.
// 3. A reader leaves once: by saying so, or by being cancelled while it waits. `send` then waits no
//    more, and whoever has to act learns it by `whenLeft`, at once.
// 4. Every waiting side is resumed exactly once: it is taken out under the lock, and resumed
//    behind it.

/// The parts of one answer on their way from the call to its reader.
final class ReplyLine: Sendable {
    private static let capacity = 16

    private struct Contents {
        var parts: [ChatPart] = []
        var reader: CheckedContinuation<[ChatPart], Never>?
        var writer: CheckedContinuation<Void, Never>?
        var isClosed = false
        var isLeft = false
        var onLeave: (@Sendable () -> Void)?
    }

    private let contents: Mutex<Contents>

    init() {
        contents = Mutex(Contents())
    }

    /// A line that holds all it will ever hold.
    init(_ parts: some Sequence<ChatPart>) {
        contents = Mutex(Contents(parts: Array(parts), isClosed: true))
    }

    /// Runs `action` when the reader leaves; at once when it has left.
    func whenLeft(_ action: @escaping @Sendable () -> Void) {
        let hasLeft = contents.withLock { contents in
            if !contents.isLeft { contents.onLeave = action }
            return contents.isLeft
        }
        if hasLeft { action() }
    }

    /// Hands parts over, and waits until there is room for more; at once where nobody reads on.
    func send(_ parts: [ChatPart]) async {
        guard !parts.isEmpty else { return }
        let reader = contents.withLock { contents -> CheckedContinuation<[ChatPart], Never>? in
            guard !contents.isLeft else { return nil }
            defer { contents.reader = nil }
            if contents.reader == nil { contents.parts += parts }
            return contents.reader
        }
        reader?.resume(returning: parts)
        await waitForRoom()
    }

    private func waitForRoom() async {
        await withCheckedContinuation { continuation in
            let mustWait = contents.withLock { contents in
                guard !contents.isLeft, contents.parts.count >= Self.capacity else { return false }
                contents.writer = continuation
                return true
            }
            if !mustWait { continuation.resume() }
        }
    }

    /// Ends the line behind what was sent.
    func close() {
        let reader = contents.withLock { contents in
            contents.isClosed = true
            contents.onLeave = nil
            defer { contents.reader = nil }
            return contents.reader
        }
        reader?.resume(returning: [])
    }

    /// The parts that wait, or the next ones; none behind the last one, and for a reader that has
    /// left.
    func take() async -> [ChatPart] {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let (parts, writer) = contents.withLock { Self.take(&$0, continuation) }
                writer?.resume()
                if let parts { continuation.resume(returning: parts) }
            }
        } onCancel: {
            leave()
        }
    }

    /// What the reader gets at once; nil when it waits for it.
    private static func take(
        _ contents: inout Contents,
        _ continuation: CheckedContinuation<[ChatPart], Never>
    ) -> ([ChatPart]?, CheckedContinuation<Void, Never>?) {
        if contents.isLeft { return ([], nil) }
        if !contents.parts.isEmpty {
            let taken = (contents.parts, contents.writer)
            contents.parts = []
            contents.writer = nil
            return taken
        }
        if contents.isClosed { return ([], nil) }
        contents.reader = continuation
        return (nil, nil)
    }

    /// Gives a reader that waits something to do.
    func beat() {
        let reader = contents.withLock { contents in
            defer { contents.reader = nil }
            return contents.reader
        }
        reader?.resume(returning: [.waiting])
    }

    /// The reader wants nothing more.
    func leave() {
        let (reader, writer, action) = contents.withLock { contents in
            let waiting = (contents.reader, contents.writer, contents.onLeave)
            contents.reader = nil
            contents.writer = nil
            contents.onLeave = nil
            contents.parts = []
            contents.isLeft = true
            return waiting
        }
        reader?.resume(returning: [])
        writer?.resume()
        action?()
    }
}
