/// How far long work has come, and of how much, where that is known.
package struct Headway: Hashable, Sendable {
    package var done: Int64
    package var total: Int64?

    package init(_ done: Int64, of total: Int64? = nil) {
        self.done = done
        self.total = total
    }

    /// 0 to 1; nil while nobody knows how much there is.
    package var fraction: Double? {
        guard let total, total > 0 else { return nil }
        return min(1, max(0, Double(done) / Double(total)))
    }

    package typealias Report = @Sendable (Headway) -> Void
}
