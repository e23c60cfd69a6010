/// One column of a table.
public struct TableColumn: Sendable, Hashable {
    /// The name by which sorting and settings refer to it.
    public var id: String

    /// The head.
    public var title: SafeText

    /// The least and the usual width.
    public var span: Span

    /// Where its text stands.
    public var alignment: Alignment

    /// The order in which columns fold away when the space is short: the highest number first.
    ///
    /// A column with 0 never folds.
    public var foldOrder: Int

    /// Makes a column.
    public init(
        id: String,
        title: SafeText,
        span: Span,
        alignment: Alignment = .leading,
        foldOrder: Int = 0
    ) {
        self.id = id
        self.title = title
        self.span = span
        self.alignment = alignment
        self.foldOrder = foldOrder
    }

    var leastWidth: Int {
        switch span {
        case .fixed(let width): width
        case .flexible(let minimum, _): minimum
        }
    }
}

/// The column by which the rows are ordered.
public struct TableSort: Sendable, Hashable {
    /// The column's id.
    public var column: String

    /// Whether the smallest comes first.
    public var isAscending: Bool

    /// Makes a sort mark.
    public init(column: String, isAscending: Bool = true) {
        self.column = column
        self.isAscending = isAscending
    }
}

/// What a cell of a table shows.
public enum TableCell: Sendable, Hashable {
    /// Text in the style of a role.
    case text(SafeText, Role = .text)
    /// A bar.
    case bar(Bar)

    /// The text without a bar's drawing, for filters and copies.
    public var text: SafeText {
        switch self {
        case .text(let text, _): text
        case .bar(let bar): bar.caption
        }
    }
}

extension TableCell: ExpressibleByStringLiteral {
    /// A cell of ordinary text.
    public init(stringLiteral value: String) { self = .text(SafeText(value)) }
}

/// One row of a table, known by its primary key.
public struct TableRow<ID: Hashable & Sendable>: Sendable, Hashable {
    /// The primary key.
    public var id: ID

    /// One cell for each column, in the columns' order.
    public var cells: [TableCell]

    /// Makes a row.
    public init(id: ID, cells: [TableCell]) {
        self.id = id
        self.cells = cells
    }
}
