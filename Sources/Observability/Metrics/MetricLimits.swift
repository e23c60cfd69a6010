/// How much memory labels may cost, whoever chooses their values.
public struct MetricLimits: Sendable, Hashable {
    /// How many values of one label are told apart; all further ones are shown as `other`.
    public var valuesPerLabel: Int

    /// How many series one metric has before all labels of further ones become `other`.
    public var seriesPerMetric: Int

    /// Sets the limits.
    ///
    /// - Parameters:
    ///   - valuesPerLabel: Values of one label that are told apart.
    ///   - seriesPerMetric: Series of one metric, besides the one that all others share.
    public init(valuesPerLabel: Int = 50, seriesPerMetric: Int = 1000) {
        self.valuesPerLabel = valuesPerLabel
        self.seriesPerMetric = seriesPerMetric
    }
}
