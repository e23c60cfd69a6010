import Console
import Foundation
import Glibc
import Sealing
import Terminal

/// The file in which the console remembers sort, filters and the last screen.
struct ConsoleMemory: Sendable {
    let path: String

    /// What was remembered; a file that is missing or broken costs nothing.
    func read() -> Memory {
        FileManager.default.contents(atPath: path).flatMap { Memory(decoding: $0) } ?? Memory()
    }

    /// Remembers; a full disk must not disturb anybody's work.
    func write(_ memory: Memory) {
        guard let data = memory.encoded else { return }
        try? KeyFile(path: path).replace(with: SecretBytes(copying: Array(data)))
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
