internal import Logging

/// Renders the values of metadata, and hides the ones that must not be logged.
enum LogValue {
    /// What stands in the place of a secret.
    static let redacted = "[redacted]"

    /// Words that make a field secret, wherever they stand between underscores in its name.
    static let secretWords: Set<String> = [
        "password", "passphrase", "secret", "token", "authorization", "cookie", "credential",
        "credentials", "apikey",
    ]

    static func isSecret(_ name: String) -> Bool {
        let name = name.lowercased()
        return name == "api_key"
            || name.split(whereSeparator: { !$0.isLetter }).contains {
                secretWords.contains(String($0))
            }
    }

    static func append(_ value: Logger.MetadataValue, named name: String, to line: inout [UInt8]) {
        guard !isSecret(name) else { return JSONText.append(redacted, to: &line) }
        switch value {
        case .string(let text): JSONText.append(text, to: &line)
        case .stringConvertible(let value): append(value, to: &line)
        case .array(let values): append(values, named: name, to: &line)
        case .dictionary(let values): append(values, to: &line)
        }
    }

    private static func append(
        _ value: any CustomStringConvertible & Sendable,
        to line: inout [UInt8]
    ) {
        switch value {
        case let number as any BinaryInteger: line.append(contentsOf: "\(number)".utf8)
        case let number as Double: JSONText.append(number, to: &line)
        case let number as Float: JSONText.append(Double(number), to: &line)
        case let truth as Bool: line.append(contentsOf: (truth ? "true" : "false").utf8)
        default: JSONText.append(value.description, to: &line)
        }
    }

    private static func append(
        _ values: [Logger.MetadataValue],
        named name: String,
        to line: inout [UInt8]
    ) {
        line.append(UInt8(ascii: "["))
        for (index, value) in values.enumerated() {
            if index > 0 { line.append(UInt8(ascii: ",")) }
            append(value, named: name, to: &line)
        }
        line.append(UInt8(ascii: "]"))
    }

    private static func append(_ values: Logger.Metadata, to line: inout [UInt8]) {
        line.append(UInt8(ascii: "{"))
        for (index, entry) in values.sorted(by: { $0.key < $1.key }).enumerated() {
            if index > 0 { line.append(UInt8(ascii: ",")) }
            JSONText.append(entry.key, to: &line)
            line.append(UInt8(ascii: ":"))
            append(entry.value, named: entry.key, to: &line)
        }
        line.append(UInt8(ascii: "}"))
    }
}
