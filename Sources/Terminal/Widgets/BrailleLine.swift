/// A line through values, drawn with braille dots: two by four to a cell.
///
/// The line is scaled to the whole width, whatever the number of values. A terminal without UTF-8
/// shows dashes, ticks and slashes in the same cells (`ASCIIFallback`).
public struct BrailleLine: Sendable, Hashable {
    /// The values from left to right.
    public var values: [Double]

    /// The value at the upper edge; the largest one when nil.
    public var maximum: Double?

    /// Makes a line; what is negative or no number counts as zero.
    public init(_ values: [Double], maximum: Double? = nil) {
        self.values = values.map { $0.isFinite ? max(0, $0) : 0 }
        self.maximum = maximum
    }

    /// The bits of a cell's dots: column, then row from the top.
    private static let dots: [[UInt8]] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]]

    /// Draws the line; nothing where there is nothing but zeros.
    public func draw(
        into frame: inout Frame,
        in rect: Rect,
        styles: StyleSheet,
        role: Role = .chart
    ) {
        for (row, line) in masks(width: rect.width, height: rect.height).enumerated() {
            for (column, mask) in line.enumerated() where mask != 0 {
                guard let scalar = Unicode.Scalar(0x2800 + UInt32(mask)) else { continue }
                let cell = Rect(x: rect.x + column, y: rect.y + row, width: 1, height: 1)
                frame.fill(cell, style: styles[role], with: scalar)
            }
        }
    }

    /// The dots of each cell, row by row.
    func masks(width: Int, height: Int) -> [[UInt8]] {
        let top = maximum ?? values.max() ?? 0
        guard top > 0, width > 0, height > 0, !values.isEmpty else { return [] }
        var masks = [[UInt8]](repeating: [UInt8](repeating: 0, count: width), count: height)
        var last: Int?
        for x in 0..<(width * 2) {
            let level = Int(
                (min(value(at: x, of: width * 2) / top, 1) * Double(height * 4 - 1))
                    .rounded()
            )
            let y = height * 4 - 1 - level
            // From where the column before ended, so that a steep line has no gap.
            let start = last.map { $0 < y ? min($0 + 1, y) : max($0 - 1, y) } ?? y
            for dot in min(start, y)...max(start, y) {
                masks[dot / 4][x / 2] |= Self.dots[x % 2][dot % 4]
            }
            last = y
        }
        return masks
    }

    /// The value at a column of dots, between its neighbours.
    private func value(at x: Int, of columns: Int) -> Double {
        guard values.count > 1, columns > 1 else { return values[values.count - 1] }
        let place = Double(x) / Double(columns - 1) * Double(values.count - 1)
        let index = min(Int(place), values.count - 2)
        let share = place - Double(index)
        return values[index] * (1 - share) + values[index + 1] * share
    }
}

extension ASCIIFallback {
    /// What stands for a cell of braille dots: where the dots are, and which way they go.
    static func braille(_ mask: UInt32) -> Unicode.Scalar {
        func rows(_ bits: [UInt32]) -> [Int] { bits.indices.filter { mask & bits[$0] != 0 } }
        let left = rows([0x01, 0x02, 0x04, 0x40])
        let right = rows([0x08, 0x10, 0x20, 0x80])
        let all = left + right
        guard let high = all.min(), let low = all.max() else { return " " }
        if low - high >= 2, let first = left.first, let second = right.first, first != second {
            return first > second ? "/" : "\\"
        }
        if low - high >= 3 { return "|" }
        switch high + low {
        case 0...1: return "'"
        case 2...4: return "-"
        default: return low == 3 && high == 3 ? "_" : "."
        }
    }
}
