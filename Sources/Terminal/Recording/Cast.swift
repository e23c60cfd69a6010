internal import Foundation

// DESIGN: asciicast version 2 (docs.asciinema.org/manual/asciicast/v2).
//
// A line of JSON about the whole, then a line for each event: seconds, kind, text. It is written
// line by line, so that a recording that is cut off still plays to the cut, and read whole, so that
// what is wrong with it is said before anything is shown.

/// What a recording says about itself.
public struct CastHeader: Sendable, Hashable {
    /// The screen's size at the beginning.
    public var size: Size

    /// When it began, in seconds since 1970.
    public var timestamp: Int64

    /// Makes a header.
    public init(size: Size, timestamp: Int64) {
        self.size = size
        self.timestamp = timestamp
    }

    /// The first line, with its end.
    public var line: String {
        "{\"version\": 2, \"width\": \(size.columns), \"height\": \(size.rows), "
            + "\"timestamp\": \(timestamp), \"title\": \"Ghostworks console\"}\n"
    }
}

/// One event of a recording.
public struct CastEvent: Sendable, Hashable {
    /// The kinds that are played.
    public enum Kind: Sendable, Hashable {
        /// The terminal was sent this.
        case output(String)
        /// The screen got another size.
        case resize(Size)
    }

    /// Seconds since the beginning.
    public var time: Double

    /// What happened.
    public var kind: Kind

    /// Makes an event.
    public init(time: Double, kind: Kind) {
        self.time = time
        self.kind = kind
    }

    /// Its line, with its end.
    public var line: String {
        let micros = Int64((max(0, time) * 1_000_000).rounded())
        let digits = String(micros % 1_000_000)
        let padded = String(repeating: "0", count: 6 - digits.count) + digits
        let (code, text) =
            switch kind {
            case .output(let text): ("o", text)
            case .resize(let size): ("r", "\(size.columns)x\(size.rows)")
            }
        return "[\(micros / 1_000_000).\(padded), \"\(code)\", \(Self.quoted(text))]\n"
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value):
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}

/// What is wrong with a recording, and in which line.
public struct CastError: Error, Hashable, CustomStringConvertible {
    /// The line, counted from 1.
    public let line: Int

    /// What is wrong, as a lower-case phrase.
    public let reason: String

    /// Line and reason.
    public var description: String { "line \(line) \(reason)" }
}

/// A whole recording.
public struct Cast: Sendable, Hashable {
    /// What it says about itself.
    public var header: CastHeader

    /// What happened, in its order.
    public var events: [CastEvent]

    /// The largest screen that it needs.
    public var largest: Size {
        events.reduce(header.size) { size, event in
            guard case .resize(let other) = event.kind else { return size }
            return Size(
                columns: max(size.columns, other.columns),
                rows: max(size.rows, other.rows)
            )
        }
    }

    /// Reads a file's text; events of other kinds, such as input, are left out.
    public init(parsing text: String) throws(CastError) {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
        while lines.last?.allSatisfy(\.isWhitespace) == true { lines.removeLast() }
        guard let first = lines.first else {
            throw CastError(line: 1, reason: "is missing: the file is empty")
        }
        header = try Self.header(first)
        events = []
        var time = 0.0
        for (index, line) in lines.enumerated().dropFirst() {
            guard let event = try Self.event(line, number: index + 1, after: time) else { continue }
            time = event.time
            events.append(event)
        }
    }

    private static func value(_ line: Substring) -> Any? {
        try? JSONSerialization.jsonObject(with: Data(line.utf8))
    }

    private static func header(_ line: Substring) throws(CastError) -> CastHeader {
        guard let object = value(line) as? [String: Any], let version = object["version"] as? Int
        else { throw CastError(line: 1, reason: "is no header of an asciicast") }
        guard version == 2 else {
            throw CastError(line: 1, reason: "says version \(version); version 2 can be played")
        }
        guard let width = object["width"] as? Int, let height = object["height"] as? Int,
            let size = size(width, height)
        else { throw CastError(line: 1, reason: "needs a width and a height of 1 to 1,000") }
        return CastHeader(size: size, timestamp: Int64(object["timestamp"] as? Int ?? 0))
    }

    private static func event(
        _ line: Substring,
        number: Int,
        after last: Double
    ) throws(CastError) -> CastEvent? {
        guard let parts = value(line) as? [Any], parts.count == 3,
            let time = parts[0] as? Double, let code = parts[1] as? String,
            let text = parts[2] as? String
        else { throw CastError(line: number, reason: "is no event such as [1.5, \"o\", \"text\"]") }
        guard time.isFinite, time >= last else {
            throw CastError(line: number, reason: "goes back in time")
        }
        switch code {
        case "o": return CastEvent(time: time, kind: .output(text))
        case "r":
            let numbers = text.split(separator: "x").map { Int($0) ?? 0 }
            guard numbers.count == 2, let size = size(numbers[0], numbers[1]) else {
                throw CastError(line: number, reason: "has a size that is none")
            }
            return CastEvent(time: time, kind: .resize(size))
        default: return nil
        }
    }

    private static func size(_ columns: Int, _ rows: Int) -> Size? {
        guard (1...1_000).contains(columns), (1...1_000).contains(rows) else { return nil }
        return Size(columns: columns, rows: rows)
    }
}
