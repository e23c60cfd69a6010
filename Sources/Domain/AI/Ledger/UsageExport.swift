// DESIGN
//
// 1. Two files are known by their first lines: the usage that OpenAI's console exports, and
//    Anthropic's. Each row is the use of one model in a minute, an hour or a day, in UTC; rows are
//    summed by day and model.
// 2. Columns are found by name, so new ones and another order do not matter.
// 3. Consoles name versions (`gpt-4o-2024-08-06`) where calls name models: dates at the end are cut.

/// A provider's own export of what its models read and wrote.
package struct UsageExport: Hashable, Sendable {
    /// By day and model, without the dates of versions.
    package let sums: [UsageDay: UsageTokens]

    /// No row says more; sums stay far from what fits.
    private static let most: Int64 = 1_000_000_000_000

    /// - Parameter bytes: The file as it was exported.
    /// - Throws: A validation error that names the line and the column that is wrong.
    package init(csv bytes: [UInt8]) throws(DomainError) {
        var reader = CSVTable(bytes).makeIterator()
        guard let head = try reader.next()?.get() else {
            throw .invalid("line 1", "is missing: the file is empty")
        }
        let columns = try UsageColumns(head)
        var sums: [UsageDay: UsageTokens] = [:]
        while let record = try reader.next()?.get() {
            guard let (day, tokens) = try columns.read(record) else { continue }
            let sum = sums[day, default: UsageTokens()]
            let (read, tooMuchRead) = sum.read.addingReportingOverflow(tokens.read)
            let (written, tooMuchWritten) = sum.written.addingReportingOverflow(tokens.written)
            guard !tooMuchRead, !tooMuchWritten else {
                throw .invalid("line \(record[0].line)", "makes a sum that is too large")
            }
            sums[day] = UsageTokens(read: read, written: written)
        }
        guard !sums.isEmpty else {
            throw .invalid("line 2", "is missing: the export names no use of a model")
        }
        self.sums = sums
    }

    /// A model's name without the date of its version at the end.
    package static func undated(_ model: String) -> String {
        for length in [10, 8] where model.count > length + 1 {
            let tail = model.suffix(length)
            let digits = tail.filter { $0.isASCII && $0.isNumber }
            let dashes = tail.filter { $0 == "-" }
            if digits.count == 8, digits.count + dashes.count == length,
                model.dropLast(length).last == "-"
            {
                return String(model.dropLast(length + 1))
            }
        }
        return model
    }

    static func tokens(_ field: CSVTable.Field) throws(DomainError) -> Int64 {
        if field.text.isEmpty { return 0 }
        guard let tokens = Int64(field.text), (0...most).contains(tokens) else {
            throw .invalid(
                "line \(field.line), column \(field.column)",
                "must be a whole number of tokens; got \(Validation.quotable(field.text))"
            )
        }
        return tokens
    }
}

/// One model's day, in UTC.
package struct UsageDay: Hashable, Comparable, Sendable {
    package let day: CivilDate
    package let model: String

    package init(day: CivilDate, model: String) {
        self.day = day
        self.model = model
    }

    package static func < (left: UsageDay, right: UsageDay) -> Bool {
        (left.day, left.model) < (right.day, right.model)
    }
}

/// Everything that was read, the cached too, and everything that was written.
package struct UsageTokens: Hashable, Sendable {
    package var read: Int64
    package var written: Int64

    package init(read: Int64 = 0, written: Int64 = 0) {
        self.read = read
        self.written = written
    }
}

/// Where an export has what counts.
private struct UsageColumns {
    private let day: Int
    private let model: Int
    private let read: [Int]
    private let written: Int

    init(_ head: [CSVTable.Field]) throws(DomainError) {
        var places: [String: Int] = [:]
        for (place, field) in head.enumerated() { places[field.text.lowercased()] = place }
        if let day = places["usage_date_utc"] {
            self.day = day
            let parts = [
                "usage_input_tokens_cache_write_5m", "usage_input_tokens_cache_write_1h",
                "usage_input_tokens_cache_read",
            ]
            let input = try Self.place("usage_input_tokens_no_cache", places)
            read = [input] + parts.compactMap { places[$0] }
            written = try Self.place("usage_output_tokens", places)
            let name = places["model_version"] == nil ? "model" : "model_version"
            model = try Self.place(name, places)
        } else if let day = places["start_time_iso"] {
            self.day = day
            read = [try Self.place("input_tokens", places)]
            written = try Self.place("output_tokens", places)
            model = try Self.place("model", places)
        } else {
            throw .invalid(
                "line 1",
                "must name the columns of an export of usage: start_time_iso (OpenAI) or "
                    + "usage_date_utc (Anthropic) is missing"
            )
        }
    }

    private static func place(_ name: String, _ places: [String: Int]) throws(DomainError) -> Int {
        guard let place = places[name] else {
            throw .invalid("line 1", "must name the column \(name)")
        }
        return place
    }

    /// Nil for a row without use: consoles write times in which nothing happened, too.
    func read(_ record: [CSVTable.Field]) throws(DomainError) -> (UsageDay, UsageTokens)? {
        let least = ([day, model, written] + read).max() ?? 0
        guard record.count > least else {
            let last = record[record.count - 1]
            throw .invalid(
                "line \(last.line), column \(record.count + 1)",
                "is missing: the line has \(record.count) columns"
            )
        }
        var tokens = UsageTokens()
        for place in read { tokens.read += try UsageExport.tokens(record[place]) }
        tokens.written = try UsageExport.tokens(record[written])
        if tokens == UsageTokens() { return nil }
        let name = record[model]
        guard !name.text.isEmpty else {
            throw .invalid(
                "line \(name.line), column \(name.column)",
                "must name a model: export the usage grouped by model"
            )
        }
        let date = try date(record[day])
        return (UsageDay(day: date, model: UsageExport.undated(name.text)), tokens)
    }

    private func date(_ field: CSVTable.Field) throws(DomainError) -> CivilDate {
        // `2026-01-31`, and with a time behind it that is UTC.
        let text = field.text.count == 10 ? field.text : field.text.replacing(" ", with: "T")
        let known = Instant(rfc3339: text) ?? Instant(rfc3339: text + "Z")
        guard let known else {
            throw .invalid(
                "line \(field.line), column \(field.column)",
                "must be a day or a time; got \(Validation.quotable(field.text))"
            )
        }
        return known.date
    }
}
