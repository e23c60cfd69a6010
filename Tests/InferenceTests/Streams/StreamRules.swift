import Domain
import Inference

/// What must hold of any bytes that a provider may send; shared by the tests and the fuzzer.
enum StreamRules {
    /// - Returns: The rule that is broken; nil where all hold.
    static func broken(by bytes: [UInt8], _ dialect: AnswerDialect) -> String? {
        // The first byte chooses where the others are cut.
        let seed = Int(bytes.first ?? 0)
        let limit = seed % 7 == 0 ? 64 : ServerSentEvents.largest
        let whole = Reading(bytes, dialect, limit: limit)
        let single = Reading(bytes, dialect, pieces: [1], limit: limit)
        let pieces = (0..<16).map { 1 + (seed * 31 + $0 * 17) % 23 }
        let mixed = Reading(bytes, dialect, pieces: pieces, limit: limit)
        if whole != single { return "cutting into single bytes changes the events" }
        if whole != mixed { return "cutting into pieces changes the events" }
        return broken(by: whole.events) ?? broken(byWhole: bytes, dialect)
    }

    private static func broken(byWhole bytes: [UInt8], _ dialect: AnswerDialect) -> String? {
        let reading = Reading(whole: String(decoding: bytes, as: UTF8.self), dialect)
        return broken(by: reading.events)
    }

    private static func broken(by events: [ChatEvent]) -> String? {
        var hasFinished = false
        for (place, event) in events.enumerated() {
            switch event {
            case .started:
                if place > 0 { return "a start that is not the first event" }
            case .text(let text):
                if text.isEmpty { return "an empty text" }
                if hasFinished { return "text behind the end" }
            case .toolCall(let index, _, _, _):
                if hasFinished { return "a call behind the end" }
                if !(0..<128).contains(index) { return "a call without a place" }
            case .usage(let usage):
                let counts = [
                    usage.input, usage.output, usage.cached, usage.cacheWrite, usage.reasoning,
                ]
                if counts.contains(where: { $0 < 0 }) { return "a negative count" }
                if usage.total <= 0 { return "a count of nothing" }
            case .finished:
                if hasFinished { return "two ends" }
                hasFinished = true
            }
            if place == 0, case .started = event { continue }
            if place == 0 { return "a first event that is no start" }
        }
        return nil
    }
}
