import Glibc
import Support
import Terminal

/// Starts the program of Tests/NcursesProbe on a pseudo-terminal.
enum Probe {
    /// Programs are built into the folder of the test bundle.
    static var path: String {
        var buffer = [CChar](repeating: 0, count: 4_096)
        let length = readlink("/proc/self/exe", &buffer, buffer.count)
        let own = String(
            decoding: buffer.prefix(max(0, length)).map { UInt8(bitPattern: $0) },
            as: UTF8.self
        )
        return own.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 } + "/NcursesProbe"
    }

    static func start(
        _ environment: [String: String] = [:],
        columns: Int = 80,
        rows: Int = 24
    ) throws -> PseudoTerminal {
        var all = ["TERM": "xterm-256color", "LC_ALL": "C.UTF-8"]
        all.merge(environment) { $1 }
        all["SWIFT_BACKTRACE"] = "enable=no"
        return try PseudoTerminal(
            path,
            environment: all.filter { !$0.value.isEmpty },
            size: Size(columns: columns, rows: rows)
        )
    }
}
