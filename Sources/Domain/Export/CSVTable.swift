/// Comma-separated values that somebody else wrote (RFC 4180, UTF-8), read record by record; each
/// field knows where it stands.
package struct CSVTable: Sequence, Sendable {
    private let text: [UInt8]

    /// - Parameter bytes: The file; a byte-order mark at its start is skipped.
    package init(_ bytes: [UInt8]) {
        text = Array(bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...])
    }

    package struct Field: Hashable, Sendable {
        package let text: String
        /// Of the file, from 1.
        package let line: Int
        /// The number of the field in its line, from 1.
        package let column: Int
    }

    package func makeIterator() -> Reader { Reader(text) }

    /// Reads one record after the other; empty lines are none.
    package struct Reader: IteratorProtocol {
        private let text: [UInt8]
        private var at = 0
        private var line = 1

        fileprivate init(_ text: [UInt8]) { self.text = text }

        /// The next record, or what is wrong with it.
        package mutating func next() -> Result<[Field], DomainError>? {
            while at < text.count, Self.ends.contains(text[at]) { skipEnd() }
            guard at < text.count else { return nil }
            var fields: [Field] = []
            while true {
                let start = line
                guard let bytes = field() else {
                    return fail(start, fields.count + 1, "has a quote that is not closed")
                }
                guard let text = String(validating: bytes, as: UTF8.self) else {
                    return fail(start, fields.count + 1, "is no UTF-8 text")
                }
                fields.append(Field(text: text, line: start, column: fields.count + 1))
                guard at < self.text.count, self.text[at] == UInt8(ascii: ",") else { break }
                at += 1
            }
            guard at == text.count || Self.ends.contains(text[at]) else {
                return fail(line, fields.count, "goes on behind its closing quote")
            }
            return .success(fields)
        }

        private static let ends = [UInt8(ascii: "\n"), UInt8(ascii: "\r")]

        private mutating func skipEnd() {
            if text[at] == UInt8(ascii: "\n") { line += 1 }
            at += 1
        }

        /// One field up to what ends it; nil when its quote is not closed.
        private mutating func field() -> [UInt8]? {
            let quote = UInt8(ascii: "\"")
            var bytes: [UInt8] = []
            guard at < text.count, text[at] == quote else {
                while at < text.count, text[at] != UInt8(ascii: ","),
                    !Self.ends.contains(text[at])
                {
                    bytes.append(text[at])
                    at += 1
                }
                return bytes
            }
            at += 1
            while at < text.count {
                let byte = text[at]
                at += 1
                if byte == quote {
                    guard at < text.count, text[at] == quote else { return bytes }
                    at += 1
                } else if byte == UInt8(ascii: "\n") {
                    line += 1
                }
                bytes.append(byte)
            }
            return nil
        }

        /// Nothing behind it is read.
        private mutating func fail(
            _ line: Int,
            _ column: Int,
            _ rule: String
        ) -> Result<[Field], DomainError> {
            at = text.count
            return .failure(.invalid("line \(line), column \(column)", rule))
        }
    }
}
