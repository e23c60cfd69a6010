import Console
import Foundation
import Glibc
import Synchronization
import Terminal

// DESIGN: docs/adr/0022-record-what-is-drawn-not-what-is-sent.md

/// A recording of the screen that is being written.
final class ScreenRecording: Sendable {
    /// The file's name without its folder, for the trail.
    let name: String
    private let file: Int32
    private let state: Mutex<State>

    private struct State {
        var script = FrameScript()
        var size: Size?
        var hasFailed = false
        let start = ContinuousClock.now
    }

    /// Makes the file, which must not exist yet, for nobody else to read.
    ///
    /// - Throws: `ExitMessage` with the reason.
    init(path: String) throws(ExitMessage) {
        name = path.split(separator: "/").last.map(String.init) ?? path
        file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | Int32(O_CLOEXEC), 0o600)
        state = Mutex(State())
        guard file >= 0 else {
            let code = errno
            let reason =
                code == EEXIST
                ? "it exists already, and a recording is never overwritten"
                : String(cString: strerror(code)).lowercased()
            throw ExitMessage(
                "The recording \(path) cannot be made: \(reason).",
                hint: "Give --record the path of a new file.",
                code: ExitMessage.usage
            )
        }
    }

    deinit { if file >= 0 { close(file) } }

    /// Writes what a frame changes.
    ///
    /// - Returns: Why it could not be written, the first time that it could not.
    func write(_ frame: Frame) -> String? {
        state.withLock { state in
            guard !state.hasFailed else { return nil }
            let time = Double(state.start.duration(to: .now) / .seconds(1))
            var lines = ""
            if state.size == nil {
                let now = Int64(Date().timeIntervalSince1970)
                lines += CastHeader(size: frame.size, timestamp: now).line
            } else if state.size != frame.size {
                lines += CastEvent(time: time, kind: .resize(frame.size)).line
            }
            state.size = frame.size
            let text = state.script.text(for: frame)
            if !text.isEmpty { lines += CastEvent(time: time, kind: .output(text)).line }
            guard !lines.isEmpty, !send(lines) else { return nil }
            state.hasFailed = true
            return String(cString: strerror(errno)).lowercased() + "."
        }
    }

    private func send(_ text: String) -> Bool {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0, errno != EINTR { return false }
            if count > 0 { rest = rest.dropFirst(count) }
        }
        return true
    }
}
