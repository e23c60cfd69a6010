/// Which values of a field are wanted: one of some, and none of others.
package struct Among<Value: Hashable & Sendable>: Hashable, Sendable {
    /// Empty for all.
    package var any: [Value]
    package var none: [Value]

    package init(any: [Value] = [], none: [Value] = []) {
        self.any = any
        self.none = none
    }

    /// Exactly this one; all for nil.
    package init(_ value: Value?) {
        self.init(any: value.map { [$0] } ?? [])
    }

    package var isAll: Bool { any.isEmpty && none.isEmpty }

    /// The one that is wanted, when it is one.
    package var sole: Value? {
        get { any.count == 1 && none.isEmpty ? any[0] : nil }
        set { self = Among(newValue) }
    }

    func map<Other>(
        _ transform: (Value) throws(DomainError) -> Other
    ) throws(DomainError)
        -> Among<Other>
    {
        var mapped = Among<Other>()
        for value in any { mapped.any.append(try transform(value)) }
        for value in none { mapped.none.append(try transform(value)) }
        return mapped
    }
}
