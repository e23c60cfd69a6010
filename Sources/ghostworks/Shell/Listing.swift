import ArgumentParser
import Domain
import Foundation

/// How a listing is written.
enum OutputFormat: String, CaseIterable, ExpressibleByArgument, Sendable {
    case table
    case json
    case csv
}

/// A named value of each item of a listing.
struct Column<Item: Sendable>: Sendable {
    let name: String
    let cell: @Sendable (Item) -> Cell
    /// Whether tables show it; machines always get it.
    let isShown: Bool

    init(_ name: String, isShown: Bool = true, _ cell: @escaping @Sendable (Item) -> Cell) {
        self.name = name
        self.isShown = isShown
        self.cell = cell
    }
}

/// Writes items in the format that was asked for.
///
/// JSON is one object a line, CSV follows RFC 4180; tables fit the terminal.
struct Listing<Item: Sendable> {
    let columns: [Column<Item>]
    let format: OutputFormat
    let zone: TimeZone
    /// Whether people get a block of names and values for each item, which misses nothing.
    var isBlocks = false

    /// Writes all items.
    func write(_ items: [Item], to stream: StandardStream = .output) {
        switch format {
        case .table where isBlocks && !items.isEmpty:
            stream.write(items.map(block).joined(separator: "\n"))
        case .table: stream.write(table(items, width: stream.columns, bold: stream.takesColor))
        case .json: for item in items { stream.line(jsonLine(item)) }
        case .csv:
            stream.write(CSV.line(columns.map(\.name)))
            for item in items { stream.write(CSV.line(columns.map { $0.cell(item).csv })) }
        }
    }

    /// Writes one item: as a block of names and values, or as a line for machines.
    func write(one item: Item, to stream: StandardStream = .output) {
        guard format == .table else { return write([item], to: stream) }
        stream.write(block(item))
    }

    private func block(_ item: Item) -> String {
        let pairs = columns.filter(\.isShown).map { column in
            (column.name, column.cell(item).shown(in: zone))
        }
        return DetailBlock(pairs: pairs).text
    }

    func jsonLine(_ item: Item) -> String {
        let members = columns.map { ($0.name, $0.cell(item).json) }
        return JSONValue.object(Dictionary(members) { first, _ in first }).canonical
    }

    func table(_ items: [Item], width: Int?, bold: Bool) -> String {
        let shown = columns.filter(\.isShown)
        let cells = items.map { item in shown.map { $0.cell(item) } }
        let columns = shown.indices.map { index in
            TextColumn(
                header: shown[index].name.uppercased().replacing("_", with: " "),
                isNumeric: cells.contains { $0[index].isNumber },
                isWhole: cells.contains { $0[index].isWhole },
                isIdentifier: cells.contains { $0[index].isIdentifier },
                note: cells.contains { $0[index].isTime }
                    ? "Times are in \(zone.identifier)." : nil
            )
        }
        let rows = cells.map { row in row.map { $0.shown(in: zone) } }
        return TextTable(columns: columns, rows: rows).render(width: width, bold: bold)
    }
}
