/// A PostgreSQL type, by its object identifier.
public struct SQLType: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The object identifier, as in `pg_type.oid`.
    public let rawValue: UInt32

    /// Names the type with this object identifier.
    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// `boolean`.
    public static let bool = SQLType(rawValue: 16)
    /// `bytea`.
    public static let bytea = SQLType(rawValue: 17)
    /// `"char"`, one byte.
    public static let char = SQLType(rawValue: 18)
    /// `name`.
    public static let name = SQLType(rawValue: 19)
    /// `bigint`.
    public static let int8 = SQLType(rawValue: 20)
    /// `smallint`.
    public static let int2 = SQLType(rawValue: 21)
    /// `integer`.
    public static let int4 = SQLType(rawValue: 23)
    /// `text`.
    public static let text = SQLType(rawValue: 25)
    /// `oid`.
    public static let oid = SQLType(rawValue: 26)
    /// `json`.
    public static let json = SQLType(rawValue: 114)
    /// `real`.
    public static let float4 = SQLType(rawValue: 700)
    /// `double precision`.
    public static let float8 = SQLType(rawValue: 701)
    /// The type of an untyped literal.
    public static let unknown = SQLType(rawValue: 705)
    /// `character(n)`.
    public static let bpchar = SQLType(rawValue: 1042)
    /// `character varying`.
    public static let varchar = SQLType(rawValue: 1043)
    /// `date`.
    public static let date = SQLType(rawValue: 1082)
    /// `timestamp with time zone`.
    public static let timestamptz = SQLType(rawValue: 1184)
    /// `void`, what a function without a result returns.
    public static let void = SQLType(rawValue: 2278)
    /// `uuid`.
    public static let uuid = SQLType(rawValue: 2950)
    /// `jsonb`.
    public static let jsonb = SQLType(rawValue: 3802)

    /// `boolean[]`.
    public static let boolArray = SQLType(rawValue: 1000)
    /// `bytea[]`.
    public static let byteaArray = SQLType(rawValue: 1001)
    /// `smallint[]`.
    public static let int2Array = SQLType(rawValue: 1005)
    /// `integer[]`.
    public static let int4Array = SQLType(rawValue: 1007)
    /// `text[]`.
    public static let textArray = SQLType(rawValue: 1009)
    /// `bigint[]`.
    public static let int8Array = SQLType(rawValue: 1016)
    /// `double precision[]`.
    public static let float8Array = SQLType(rawValue: 1022)
    /// `date[]`.
    public static let dateArray = SQLType(rawValue: 1182)
    /// `timestamp with time zone[]`.
    public static let timestamptzArray = SQLType(rawValue: 1185)
    /// `uuid[]`.
    public static let uuidArray = SQLType(rawValue: 2951)
    /// `jsonb[]`.
    public static let jsonbArray = SQLType(rawValue: 3807)

    /// The first object identifier of types made by users: enums, domains, extensions.
    static let firstOfUsers: UInt32 = 16_384

    /// The number as text; the catalogue knows the name.
    public var description: String {
        "oid \(rawValue)"
    }
}
