/// Comma-separated values as RFC 4180 has them, in UTF-8.
package enum CSV {
    /// One record with its line end.
    package static func line(_ fields: [String]) -> String {
        fields.map(field).joined(separator: ",") + "\r\n"
    }

    /// A field that no spreadsheet takes for a formula.
    ///
    /// Text that begins like one gets an apostrophe (OWASP, CSV injection); numbers are left alone.
    package static func field(_ text: String) -> String {
        var text = text
        if let first = text.unicodeScalars.first, "=+-@\t\r".unicodeScalars.contains(first),
            Double(text) == nil
        {
            text = "'" + text
        }
        let needsQuotes = text.unicodeScalars.contains { ",\"\r\n".unicodeScalars.contains($0) }
        return needsQuotes ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
    }
}
