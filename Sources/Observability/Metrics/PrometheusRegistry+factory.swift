public import CoreMetrics

extension PrometheusRegistry {
    /// The counter of these labels.
    public func makeCounter(
        label: String,
        dimensions: [(String, String)]
    ) -> any CounterHandler {
        let instrument = instrument(label, dimensions, .counter) { _ in
            .counter(PrometheusCounter())
        }
        guard case .counter(let counter) = instrument else { return PrometheusCounter() }
        return counter
    }

    /// The fractional counter of these labels.
    public func makeFloatingPointCounter(
        label: String,
        dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        let instrument = instrument(label, dimensions, .counter) { _ in
            .floatingCounter(PrometheusFloatingCounter())
        }
        guard case .floatingCounter(let counter) = instrument else {
            return PrometheusFloatingCounter()
        }
        return counter
    }

    /// The gauge of these labels.
    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        gauge(label, dimensions)
    }

    /// The histogram of these labels when values are aggregated, otherwise the gauge.
    public func makeRecorder(
        label: String,
        dimensions: [(String, String)],
        aggregate: Bool
    ) -> any RecorderHandler {
        if aggregate { histogram(label, dimensions) } else { gauge(label, dimensions) }
    }

    /// The histogram, in seconds, of these labels.
    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        histogram(label, dimensions)
    }

    /// Forgets the series of a counter.
    public func destroyCounter(_ handler: any CounterHandler) { remove(handler) }

    /// Forgets the series of a fractional counter.
    public func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {
        remove(handler)
    }

    /// Forgets the series of a gauge.
    public func destroyMeter(_ handler: any MeterHandler) { remove(handler) }

    /// Forgets the series of a histogram or gauge.
    public func destroyRecorder(_ handler: any RecorderHandler) { remove(handler) }

    /// Forgets the series of a histogram.
    public func destroyTimer(_ handler: any TimerHandler) { remove(handler) }

    private func gauge(_ label: String, _ dimensions: [(String, String)]) -> PrometheusGauge {
        let instrument = instrument(label, dimensions, .gauge) { _ in .gauge(PrometheusGauge()) }
        guard case .gauge(let gauge) = instrument else { return PrometheusGauge() }
        return gauge
    }

    private func histogram(
        _ label: String,
        _ dimensions: [(String, String)]
    ) -> PrometheusHistogram {
        let instrument = instrument(label, dimensions, .histogram) {
            .histogram(PrometheusHistogram(bounds: $0))
        }
        guard case .histogram(let histogram) = instrument else {
            return PrometheusHistogram(bounds: Self.latencyBuckets)
        }
        return histogram
    }
}
