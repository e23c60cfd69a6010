import Domain
import Sealing

extension EmbeddedTexts {
    /// The most bytes of vectors that are kept: 256 texts of 6,144 numbers.
    static let longestStored = 8_388_608

    /// The vectors as they are kept for a repetition: the bits of their numbers, because their
    /// decimal digits take three times as much.
    ///
    /// Of more than may be kept it says only that they were made: a repetition is told that they
    /// are gone, and is not charged again.
    var stored: StoredReply {
        let numbers = vectors.reduce(0) { $0 + $1.count }
        guard numbers <= Self.longestStored * 3 / 16 else {
            let json = JSONValue.object(["id": .string(id.description), "model": .string(model)])
            return StoredReply(status: 200, body: Array(json.canonical.utf8))
        }
        let json = JSONValue.object([
            "id": .string(id.description), "model": .string(model),
            "vectors": .array(vectors.map { .string(Self.text($0)) }),
            "input": .integer(use.tokens.input), "output": .integer(use.tokens.output),
            "estimated": .bool(use.isEstimated),
        ])
        return StoredReply(status: 200, body: Array(json.canonical.utf8))
    }

    /// Reads what `stored` wrote.
    ///
    /// - Throws: Gone, when it is no longer kept.
    init(_ earlier: SettledCall) throws {
        guard let reply = earlier.reply,
            let json = try? JSONReader.read(reply.body, from: .stored),
            case .string(let id) = json["id"], let id = AICallID(id),
            case .string(let model) = json["model"], case .array(let texts) = json["vectors"],
            case .integer(let input) = json["input"], case .integer(let output) = json["output"],
            case .bool(let isEstimated) = json["estimated"]
        else { throw DomainError.replyGone }
        let vectors = texts.compactMap { text -> [Float]? in
            if case .string(let text) = text { Self.vector(text) } else { nil }
        }
        guard vectors.count == texts.count else { throw DomainError.replyGone }
        self.init(
            id: id,
            model: model,
            vectors: vectors,
            use: ChatUse(
                tokens: TokenUsage(input: input, output: output),
                chargeNano: earlier.chargeNano,
                isEstimated: isEstimated
            ),
            isRepeated: true
        )
    }

    private static func text(_ vector: [Float]) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(vector.count * 4)
        for number in vector {
            let bits = number.bitPattern
            for shift in stride(from: 24, through: 0, by: -8) {
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(shift)))
            }
        }
        return Base64URL.encode(bytes)
    }

    private static func vector(_ text: String) -> [Float]? {
        guard let bytes = Base64URL.decode(text), bytes.count % 4 == 0 else { return nil }
        return stride(from: 0, to: bytes.count, by: 4).map { start in
            let bits = bytes[start..<start + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            return Float(bitPattern: bits)
        }
    }
}
