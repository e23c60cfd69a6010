/// How much of a row or a column one part of a layout takes.
public enum Span: Sendable, Hashable {
    /// Exactly so many cells, fewer only when there are no more.
    case fixed(Int)

    /// A share of what the fixed parts leave, by weight, with a least size.
    ///
    /// A part whose least size does not fit any more folds away, the last one first.
    case flexible(minimum: Int = 0, weight: Int = 1)
}

extension Rect {
    /// Splits the rectangle into parts from left to right.
    public func columns(_ spans: Span..., gap: Int = 0) -> [Rect] {
        var left = x
        return Self.extents(spans, in: width, gap: gap).map { extent in
            defer { left += extent + (extent > 0 ? gap : 0) }
            return Rect(x: left, y: y, width: extent, height: height)
        }
    }

    /// Splits the rectangle into parts from top to bottom.
    public func rows(_ spans: Span...) -> [Rect] {
        var top = y
        return Self.extents(spans, in: height, gap: 0).map { extent in
            defer { top += extent }
            return Rect(x: x, y: top, width: width, height: extent)
        }
    }

    /// The extent of each part; zero for one that folded away.
    static func extents(_ spans: [Span], in total: Int, gap: Int) -> [Int] {
        var kept = Array(spans.indices)
        func least(_ index: Int) -> Int {
            switch spans[index] {
            case .fixed(let extent): extent
            case .flexible(let minimum, _): minimum
            }
        }
        func needed() -> Int { kept.reduce(0) { $0 + least($1) } + gap * max(0, kept.count - 1) }
        while kept.count > 1, needed() > total { kept.removeLast() }
        var extents = [Int](repeating: 0, count: spans.count)
        for index in kept { extents[index] = min(least(index), total) }
        share(max(0, total - needed()), among: kept, of: spans, in: &extents)
        return extents
    }

    private static func share(
        _ spare: Int,
        among kept: [Int],
        of spans: [Span],
        in extents: inout [Int]
    ) {
        let weights = kept.compactMap { index -> (Int, Int)? in
            guard case .flexible(_, let weight) = spans[index], weight > 0 else { return nil }
            return (index, weight)
        }
        var weightLeft = weights.reduce(0) { $0 + $1.1 }
        var left = spare
        for (index, weight) in weights {
            let part = left * weight / weightLeft
            extents[index] += part
            left -= part
            weightLeft -= weight
        }
    }
}
