import Terminal

/// A screen whose text can be searched.
protocol TextScreen: ConsoleScreen {
    var search: TextSearch? { get set }
    /// The text, line by line as it is drawn.
    func text(_ context: ScreenContext) -> [TextLine]
    /// The line at which a search begins: the first in sight.
    func start(_ context: ScreenContext) -> Int
    /// Brings a line of the text into sight.
    mutating func reveal(_ line: Int, _ context: ScreenContext)
    /// Opens what is folded, because what is hidden cannot be found.
    mutating func openAll(_ context: ScreenContext)
}

extension TextScreen {
    mutating func openAll(_: ScreenContext) {}
}

extension TextSearch {
    /// At which hit one is.
    var told: SafeText { SafeText("hit \(number) of \(count): \(words.text)") }

    /// That there is none.
    var missed: SafeText { SafeText("\"\(words.text)\" is nowhere in this text.") }
}
