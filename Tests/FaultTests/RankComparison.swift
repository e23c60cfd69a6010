/// Two rows of measured times, compared by rank: how they spread plays no part.
struct RankComparison: CustomStringConvertible {
    /// By how many standard deviations the first row's ranks are off what chance makes of them
    /// (the Mann-Whitney test).
    let score: Double
    /// The first row's median by the second's.
    let ratio: Double

    init(_ first: [Duration], _ second: [Duration]) {
        let pairs = Double(first.count * second.count)
        var wins = 0.0
        for one in first {
            for other in second { wins += one == other ? 0.5 : one > other ? 1 : 0 }
        }
        let deviation = (pairs * Double(first.count + second.count + 1) / 12).squareRoot()
        score = (wins - pairs / 2) / deviation
        ratio = first.sorted()[first.count / 2] / second.sorted()[second.count / 2]
    }

    /// Whether the rows differ by more than chance and by more than a quarter.
    ///
    /// Both, and neither narrowly: a busy machine must not decide it. By chance alone the first
    /// happens once in a million times.
    var tellsApart: Bool {
        abs(score) > 5 && !(0.75...1 / 0.75).contains(ratio)
    }

    var description: String {
        "\(score) standard deviations, medians as \(ratio) to 1"
    }
}
