import Domain

extension AIModel {
    /// When it was made, as far as clients of other doors ask: when it got the price of now.
    var madeAt: Instant { price?.effectiveFrom ?? Instant(seconds: 0) }
}
