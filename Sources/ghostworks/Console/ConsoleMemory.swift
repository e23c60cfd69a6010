import Console
import Foundation
import Glibc
import Sealing
import Synchronization
import Terminal

/// The file in which the console remembers sort, filters and the last screen.
final class ConsoleMemory: Sendable {
    private let path: String
    /// What this console read or wrote last.
    private let base = Mutex(Memory())

    init(path: String) { self.path = path }

    /// What was remembered; a file that is missing or broken costs nothing.
    func read() -> Memory {
        let memory = written
        base.withLock { $0 = memory }
        return memory
    }

    private var written: Memory {
        FileManager.default.contents(atPath: path).flatMap { Memory(decoding: $0) } ?? Memory()
    }

    /// Remembers, beside what other consoles have written meanwhile; a full disk must not disturb
    /// anybody's work.
    func write(_ memory: Memory) {
        base.withLock { base in
            let lock = open("\(path).lock", O_RDWR | O_CREAT | Int32(O_CLOEXEC), 0o600)
            // Closing it lets the next one in. Where it cannot be had, the last one to write counts.
            defer { if lock >= 0 { close(lock) } }
            while lock >= 0, flock(lock, LOCK_EX) != 0, errno == EINTR {}
            guard let data = memory.merged(since: base, with: written).encoded else { return }
            base = memory
            try? KeyFile(path: path).replace(with: SecretBytes(copying: Array(data)))
        }
    }
}

extension ConsoleStage {
    /// The stage that the terminal and the memory file make, and a recording if one is wanted.
    init(
        screen: TerminalScreen,
        memory: ConsoleMemory,
        record: (@Sendable (Frame) async -> Void)?
    ) {
        self.init(
            present: { await screen.present($0) },
            edit: { try await screen.edit($0) },
            page: { try await screen.page($0) },
            signal: { signal in
                switch signal {
                case .copy(let text): await screen.copy(text)
                case .remember(let memorable): memory.write(memorable)
                case .redraw: await screen.redraw()
                case .bell: await screen.ring()
                case .display(let wish): await screen.obey(wish)
                }
            },
            now: { SystemTime.now },
            sleep: { try await Task.sleep(for: $0) },
            cost: { await screen.cost },
            record: record
        )
    }
}
