import Domain
import Inference

/// What a whole stream of bytes comes to.
struct Reading: Equatable {
    /// Neighbouring pieces of text and of a call's arguments as one.
    var events: [ChatEvent] = []
    var fault: AnswerFault?

    /// Reads bytes in pieces of the given sizes, the last of which is used for the rest.
    init(
        _ bytes: [UInt8],
        _ dialect: AnswerDialect,
        pieces: [Int] = [],
        limit: Int = ServerSentEvents.largest
    ) {
        var reader = AnswerReader(dialect, limit: limit)
        var found: [ChatEvent] = []
        var sizes = pieces[...]
        var size = bytes.count
        var start = 0
        do throws(AnswerFault) {
            while start < bytes.count, !reader.isComplete {
                size = max(1, sizes.popFirst() ?? size)
                let end = min(start + size, bytes.count)
                try reader.feed(Array(bytes[start..<end]), into: &found)
                start = end
            }
            try reader.end(into: &found)
        } catch {
            fault = error
        }
        for event in found { add(event) }
    }

    /// Reads an answer in one piece.
    init(whole text: String, _ dialect: AnswerDialect) {
        var reader = AnswerReader(dialect)
        do throws(AnswerFault) {
            try reader.feed(whole: Array(text.utf8), into: &events)
            try reader.end(into: &events)
        } catch {
            fault = error
        }
    }

    private mutating func add(_ event: ChatEvent) {
        switch (events.last, event) {
        case (.text(let before), .text(let piece)):
            events[events.count - 1] = .text(before + piece)
        case (
            .toolCall(let index, let id, let name, let before),
            .toolCall(let next, nil, nil, let piece)
        ) where index == next:
            events[events.count - 1] =
                .toolCall(index: index, id: id, name: name, arguments: before + piece)
        default: events.append(event)
        }
    }
}
