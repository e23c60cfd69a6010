import Console
import Logging
import Observability
import Terminal

extension Logger {
    /// For commands of a shell: only failures that have no sentence, whole, beside the sentence.
    static let shell = Logger(label: "ghostworks") { label in
        JSONLogHandler(label: label, service: "shell", level: .error)
    }

    /// For a process that serves others: JSON lines on stderr.
    static func server(_ level: Logger.Level) -> Logger {
        Logger(label: "ghostworks") { label in
            JSONLogHandler(
                label: label,
                service: "api",
                level: level,
                metadataProvider: .serviceContext
            )
        }
    }

    /// For the console: a file that is rotated by its size, never the screen.
    static func console(_ path: String, _ level: Logger.Level) -> Logger {
        let file = RotatingLogFile(path: path)
        return Logger(label: "ghostworks") { label in
            JSONLogHandler(
                label: label,
                service: "console",
                level: level,
                destination: .file(file)
            )
        }
    }

    /// Writes down each drawing of a console, and nothing of what it shows; nil unless the level is
    /// `trace`.
    var drawings: (@Sendable (DrawingNote) -> Void)? {
        guard logLevel <= .trace else { return nil }
        return { note in
            trace(
                "drawn",
                metadata: [
                    "taken": "\(note.taken)", "awaited": "\(note.awaited)",
                    "size": "\(note.size.columns)x\(note.size.rows)",
                ]
            )
        }
    }
}
