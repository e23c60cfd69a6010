import Domain
import Terminal

// DESIGN: a list that goes into a file or to the pager.
//
//   x, |  ─▶ begin ─▶ page ─▶ append ─┐
//                      ▲              │ there is another page
//                      └──────────────┤
//                                     └─▶ finish ─▶ a toast, or the pager
//
// 1. One mechanism for every list: a `ListScreen` says how a page is asked for and what an item is
//    as a line. The screen at the start is kept, so that going elsewhere changes nothing.
// 2. The next page is asked for when the last one is written: one page is in memory, never the list.
// 3. What is typed into has the terminal before the pager: the pager waits until it is closed.
// 4. Whatever ends it early takes the file away; the file has its name only when it is whole.

/// A list on its way into a file or to the pager.
struct ListExport: Sendable {
    let source: any ListScreen
    let target: Target
    /// Where the client writes; nil until it has a file.
    var file: String?
    var next: PagePosition?
    /// The text that is being written belongs to so many items.
    var rows = 0
    /// Whether all of it is written, and the pager waits until nothing is open over the screen.
    var isReady = false

    enum Target: Hashable, Sendable {
        case file(String, ExportFormat)
        case pager
    }

    init(_ source: any ListScreen, to target: Target) {
        self.source = source
        self.target = target
    }

    var tenant: TenantRef? { source.tenant }

    /// The request that gets it a file.
    var begin: FileRequest {
        switch target {
        case .file(let path, _): .begin(path)
        case .pager: .scratch
        }
    }

    /// The text of a page.
    mutating func text(of answer: ConsoleAnswer, _ context: ScreenContext) -> String? {
        guard let part = source.exportPart(answer, context, to: target, isFirst: rows == 0) else {
            return nil
        }
        next = part.next
        rows += part.count
        return part.text
    }
}

extension ListExport: Equatable {
    static func == (left: ListExport, right: ListExport) -> Bool {
        left.target == right.target && left.file == right.file && left.next == right.next
            && left.rows == right.rows && left.isReady == right.isReady
            && AnyHashable(left.source) == AnyHashable(right.source)
    }
}

/// A page of a list as text.
struct ExportPart {
    var text: String
    var count: Int
    var next: PagePosition?
}

extension ListScreen {
    /// An item as a line of a file: by default the id and what the columns show.
    func record(_ item: Item, _ context: ScreenContext) -> [ExportField] {
        let row = row(item, context)
        let id = (row.id as? any CustomStringConvertible)?.description ?? "\(row.id)"
        return [(name: "id", value: .string(id))]
            + cells(row).map { column, cell in
                (name: column.id, value: .string(cell.string))
            }
    }

    private func cells(_ row: TableRow<ItemID>) -> [(TableColumn, SafeText)] {
        zip(list.table.columns, row.cells).map { ($0, $1.text) }
    }

    /// What asks for a page of an export.
    func exportAsk(after position: PagePosition?) -> Ask? {
        let size = PageRequest.limits.upperBound
        return (try? PageRequest(limit: size, after: position)).flatMap(takingAsk)
    }

    func exportPart(
        _ answer: ConsoleAnswer,
        _ context: ScreenContext,
        to target: ListExport.Target,
        isFirst: Bool
    ) -> ExportPart? {
        guard let page = page(in: answer) else { return nil }
        let lines: [String] =
            switch target {
            case .file(_, let format): fileLines(page.items, context, format, isFirst: isFirst)
            case .pager: pagerLines(page.items, context, isFirst: isFirst)
            }
        return ExportPart(text: lines.joined(), count: page.items.count, next: page.next)
    }

    private func fileLines(
        _ items: [Item],
        _ context: ScreenContext,
        _ format: ExportFormat,
        isFirst: Bool
    ) -> [String] {
        let records = items.map { record($0, context) }
        let names = records.first?.map(\.name) ?? ["id"] + list.table.columns.map(\.id)
        return (isFirst ? [format.head(names)] : []) + records.map(format.line)
    }

    /// Lines for the eye: columns under their titles, nothing that a terminal would obey.
    private func pagerLines(
        _ items: [Item],
        _ context: ScreenContext,
        isFirst: Bool
    ) -> [String] {
        let columns = list.table.columns
        let titles = Self.aligned(columns.map { ($0, $0.title) })
        return (isFirst ? [titles] : []) + items.map { Self.aligned(cells(row($0, context))) }
    }

    private static func aligned(_ cells: [(TableColumn, SafeText)]) -> String {
        let texts = cells.map { column, text in
            let room = column.exportWidth - text.width
            let padding = String(repeating: " ", count: max(0, room))
            return column.alignment == .trailing
                ? padding + text.string : text.string + padding
        }
        let line = texts.joined(separator: "  ")
        return String(line.reversed().drop { $0 == " " }.reversed()) + "\n"
    }
}

extension TableColumn {
    /// How wide it is where the lines may be longer than a screen.
    fileprivate var exportWidth: Int {
        switch span {
        case .fixed(let width): width
        case .flexible(let minimum, let weight): max(minimum, 16 * weight)
        }
    }
}
