/// Makes names that Prometheus accepts from the names that code uses.
enum MetricName {
    /// Letters, digits, underscores and colons, not starting with a digit.
    static func metric(_ name: String) -> String {
        clean(name, allowing: UInt8(ascii: ":"))
    }

    /// Letters, digits and underscores, not starting with a digit or with two underscores.
    static func label(_ name: String) -> String {
        let clean = clean(name, allowing: UInt8(ascii: "_"))
        return clean.hasPrefix("__") ? "label" + clean : clean
    }

    private static func clean(_ name: String, allowing extra: UInt8) -> String {
        var bytes = name.utf8.map { byte -> UInt8 in
            let isAllowed = isLetter(byte) || isDigit(byte) || byte == extra
            return isAllowed ? byte : UInt8(ascii: "_")
        }
        if bytes.first.map(isDigit) ?? true { bytes.insert(UInt8(ascii: "_"), at: 0) }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
    }
}
