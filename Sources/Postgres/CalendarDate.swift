/// A day as `date` stores it, without a time zone.
public struct CalendarDate: Hashable, Comparable, Sendable {
    /// Days since 1970-01-01.
    public var days: Int32

    /// The day this many days after 1970-01-01.
    public init(days: Int32) {
        self.days = days
    }

    /// Orders by day.
    public static func < (left: CalendarDate, right: CalendarDate) -> Bool {
        left.days < right.days
    }

    /// PostgreSQL counts from 2000-01-01, this type from 1970-01-01.
    private static let epoch: Int32 = 10_957
}

extension CalendarDate: SQLBindable, SQLDecodable {
    /// `date`.
    public static let sqlType = SQLType.date

    /// Appends four bytes.
    public func encode(into bytes: inout [UInt8]) {
        let (difference, overflow) = days.subtractingReportingOverflow(Self.epoch)
        (overflow ? .min : difference).encodeBigEndian(into: &bytes)
    }

    /// Reads four bytes.
    public static func decode(
        _ bytes: UnsafeRawBufferPointer,
        type: SQLType
    ) throws(RowDecodingError.Reason) -> CalendarDate {
        guard type == .date else { throw .typeMismatch }
        let (sum, overflow) = (try bytes.integer() as Int32).addingReportingOverflow(epoch)
        guard !overflow else { throw .outOfRange }
        return CalendarDate(days: sum)
    }
}
