/// The place a sealed value belongs to, such as table, column, tenant and row.
public struct SealingContext: Sendable, Hashable, ExpressibleByArrayLiteral {
    /// The fields in their order.
    public let fields: [String]

    /// Puts a context together; the same fields in the same order open the value again.
    public init(_ fields: [String]) {
        self.fields = fields
    }

    /// Puts a context together from a literal such as `["tokens", "secret", tenant, row]`.
    public init(arrayLiteral fields: String...) {
        self.init(fields)
    }
}
