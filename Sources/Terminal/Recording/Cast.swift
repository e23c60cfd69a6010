internal import FoundationEssentials

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

    private struct HeaderLine: Decodable {
        var version: Int
        var width: Int?
        var height: Int?
        var timestamp: Double?
    }

    private struct EventLine: Decodable {
        var time: Double
        var code: String
        var text: String

        init(from decoder: any Decoder) throws {
            var parts = try decoder.unkeyedContainer()
            time = try parts.decode(Double.self)
            code = try parts.decode(String.self)
            text = try parts.decode(String.self)
        }
    }

    private static func header(_ line: Substring) throws(CastError) -> CastHeader {
        guard let header = try? JSONDecoder().decode(HeaderLine.self, from: Data(line.utf8)) else {
            throw CastError(line: 1, reason: "is no header of an asciicast")
        }
        guard header.version == 2 else {
            throw CastError(
                line: 1,
                reason: "says version \(header.version); version 2 can be played"
            )
        }
        guard let width = header.width, let height = header.height,
            let size = size(width, height)
        else { throw CastError(line: 1, reason: "needs a width and a height of 1 to 1,000") }
        return CastHeader(size: size, timestamp: Int64(exactly: header.timestamp ?? 0) ?? 0)
    }

    private static func event(
        _ line: Substring,
        number: Int,
        after last: Double
    ) throws(CastError) -> CastEvent? {
        guard let event = try? JSONDecoder().decode(EventLine.self, from: Data(line.utf8)) else {
            throw CastError(line: number, reason: "is no event such as [1.5, \"o\", \"text\"]")
        }
        guard event.time <= longest else {
            throw CastError(line: number, reason: "has a time that is none")
        }
        guard event.time >= last else {
            throw CastError(line: number, reason: "goes back in time")
        }
        switch event.code {
        case "o": return CastEvent(time: event.time, kind: .output(event.text))
        case "r":
            let numbers = event.text.split(separator: "x").map { Int($0) ?? 0 }
            guard numbers.count == 2, let size = size(numbers[0], numbers[1]) else {
                throw CastError(line: number, reason: "has a size that is none")
            }
            return CastEvent(time: event.time, kind: .resize(size))
        default: return nil
        }
    }

    /// About a hundred days, in seconds.
    private static let longest = 10_000_000.0

    private static func size(_ columns: Int, _ rows: Int) -> Size? {
        guard (1...1_000).contains(columns), (1...1_000).contains(rows) else { return nil }
        return Size(columns: columns, rows: rows)
    }
}
