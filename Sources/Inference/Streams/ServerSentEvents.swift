// DESIGN
//
// The interpretation of an event stream by the HTML standard (section 9.2.6), one piece of bytes
// at a time. Invariants:
//
// 1. Where the bytes are split changes nothing: an event's bytes are the same, and in one order.
// 2. What waits for its end is bounded; beyond the bound the stream is refused.
// 3. Data is valid UTF-8: what is none was replaced by U+FFFD, as the standard says.

/// Reads server-sent events from bytes that may be split anywhere.
package struct ServerSentEvents: Sendable {
    /// One event: its name, empty when it has none, and its lines of data.
    package struct Event: Hashable, Sendable {
        package var name: String
        package var data: [UInt8]

        package init(name: String, data: [UInt8]) {
            self.name = name
            self.data = data
        }
    }

    /// An event that is larger than the bound.
    package struct Overflow: Error {}

    /// The most bytes of one event.
    package static let largest = 1_048_576

    private let limit: Int
    private var line: [UInt8] = []
    private var name: [UInt8] = []
    private var data: [UInt8] = []
    private var hasData = false
    private var isFirstLine = true
    /// The byte before was a carriage return: a line feed now belongs to it.
    private var followsReturn = false

    package init(limit: Int = ServerSentEvents.largest) {
        self.limit = limit
    }

    /// Takes the next bytes; an event whose blank line has not come yet waits for it.
    ///
    /// - Parameters:
    ///   - bytes: the next piece of the stream.
    ///   - events: gets what is complete, also when this throws.
    /// - Throws: ``Overflow`` for an event beyond the bound.
    package mutating func feed(
        _ bytes: [UInt8],
        into events: inout [Event]
    ) throws(Overflow) {
        var start = 0
        for (index, byte) in bytes.enumerated() {
            if followsReturn {
                followsReturn = false
                if byte == Self.lineFeed {
                    start = index + 1
                    continue
                }
            }
            guard byte == Self.lineFeed || byte == Self.carriageReturn else { continue }
            try hold(bytes[start..<index])
            endLine(into: &events)
            start = index + 1
            followsReturn = byte == Self.carriageReturn
        }
        try hold(bytes[start...])
    }

    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")
    private static let colon = UInt8(ascii: ":")
    private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

    private mutating func hold(_ part: ArraySlice<UInt8>) throws(Overflow) {
        guard line.count + data.count + part.count <= limit else { throw Overflow() }
        line += part
    }

    private mutating func endLine(into events: inout [Event]) {
        defer { line.removeAll(keepingCapacity: true) }
        if isFirstLine {
            isFirstLine = false
            if line.starts(with: Self.mark) { line.removeFirst(Self.mark.count) }
        }
        if line.isEmpty { return dispatch(into: &events) }
        let colon = line.firstIndex(of: Self.colon) ?? line.endIndex
        var value = line[min(colon + 1, line.endIndex)...]
        if value.first == UInt8(ascii: " ") { value = value.dropFirst() }
        let field = line[..<colon]
        if field.elementsEqual("data".utf8) {
            if hasData { data.append(Self.lineFeed) }
            data += value
            hasData = true
        } else if field.elementsEqual("event".utf8) {
            name = Array(value)
        }
    }

    private mutating func dispatch(into events: inout [Event]) {
        if hasData {
            let name = String(decoding: name, as: UTF8.self)
            events.append(Event(name: name, data: Self.repaired(data)))
        }
        data.removeAll(keepingCapacity: true)
        name.removeAll(keepingCapacity: true)
        hasData = false
    }

    private static func repaired(_ bytes: [UInt8]) -> [UInt8] {
        guard String(validating: bytes, as: UTF8.self) == nil else { return bytes }
        return Array(String(decoding: bytes, as: UTF8.self).utf8)
    }
}
