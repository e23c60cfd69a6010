/// An instant as `timestamp with time zone` stores it: whole microseconds, UTC.
public struct Timestamp: Hashable, Comparable, Sendable {
    /// Microseconds since 1970-01-01 00:00:00 UTC.
    public var microseconds: Int64

    /// The instant this many microseconds after 1970-01-01 00:00:00 UTC.
    public init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    /// `infinity`, later than every instant.
    public static let infinity = Timestamp(microseconds: .max)
    /// `-infinity`, earlier than every instant.
    public static let negativeInfinity = Timestamp(microseconds: .min)

    /// Orders by time.
    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.microseconds < right.microseconds
    }

    /// PostgreSQL counts from 2000-01-01, this type from 1970-01-01.
    private static let epoch: Int64 = 946_684_800_000_000
}

extension Timestamp: SQLBindable, SQLDecodable {
    /// `timestamp with time zone`.
    public static let sqlType = SQLType.timestamptz

    /// Appends eight bytes; the extremes are the infinities.
    public func encode(into bytes: inout [UInt8]) {
        let isInfinite = microseconds == .max || microseconds == .min
        let (difference, overflow) = microseconds.subtractingReportingOverflow(Self.epoch)
        let finite = overflow ? .min : difference
        (isInfinite ? microseconds : finite).encodeBigEndian(into: &bytes)
    }

    /// Reads eight bytes.
    public static func decode(
        _ bytes: UnsafeRawBufferPointer,
        type: SQLType
    ) throws(RowDecodingError.Reason) -> Timestamp {
        guard type == .timestamptz else { throw .typeMismatch }
        let stored: Int64 = try bytes.integer()
        guard stored != .max, stored != .min else { return Timestamp(microseconds: stored) }
        let (sum, overflow) = stored.addingReportingOverflow(epoch)
        guard !overflow else { throw .outOfRange }
        return Timestamp(microseconds: sum)
    }
}
