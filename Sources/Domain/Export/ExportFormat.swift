/// A named value of a line of an export.
package typealias ExportField = (name: String, value: JSONValue)

/// How an export is written: one line an item.
package enum ExportFormat: String, CaseIterable, Hashable, Sendable {
    case csv
    /// One JSON object a line.
    case jsonl

    /// What stands before the first line; nothing for JSON lines.
    package func head(_ names: [String]) -> String {
        self == .csv ? CSV.line(names) : ""
    }

    /// One item with its line end, the fields in their order.
    package func line(_ fields: [ExportField]) -> String {
        switch self {
        case .csv: CSV.line(fields.map(\.value.cellText))
        case .jsonl:
            "{"
                + fields.map { JSONValue.string($0.name).canonical + ":" + $0.value.canonical }
                .joined(separator: ",") + "}\n"
        }
    }
}

extension JSONValue {
    /// The value in a cell: text as it is, nothing for null, anything larger as JSON.
    package var cellText: String {
        switch self {
        case .null: ""
        case .string(let text): text
        case .bool, .integer, .number, .array, .object: canonical
        }
    }
}
