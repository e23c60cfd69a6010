import Terminal

extension Phrasebook {
    /// The console in Arabic.
    static let arabic = Phrasebook(arabicPhrases, direction: .rightToLeft)

    /// The console in Arabic as it is read out: whoever reads aloud or shows lines orders them.
    static let arabicRead = Phrasebook(
        arabicPhrases + read(ArabicPhrases.readOut),
        direction: .leftToRight
    )

    /// Every sentence of the catalogue.
    static var arabicPhrases: [Entry] {
        let parts = [
            ArabicPhrases.actions, ArabicPhrases.moreActions, ArabicPhrases.commands,
            ArabicPhrases.columns, ArabicPhrases.forms, ArabicPhrases.fields,
            ArabicPhrases.dialogs, ArabicPhrases.notices, ArabicPhrases.refusals,
            ArabicPhrases.screens, ArabicPhrases.records, ArabicPhrases.extra,
            ArabicPhrases.display, ArabicPhrases.prices, ArabicPhrases.trail,
            ArabicPhrases.marks, ArabicPhrases.keys,
            ArabicPhrases.errors, ArabicPhrases.moreErrors, ArabicPhrases.faults,
            ArabicPhrases.bulk, ArabicPhrases.jobs, ArabicPhrases.helps,
        ]
        return parts.flatMap { read($0) }
    }

    /// Reads a part of the catalogue: a line of English, a line of the other language, and so on,
    /// with empty lines between pairs; a line that begins with `##` is a remark.
    static func read(_ part: String) -> [Entry] {
        let lines = part.split(separator: "\n").filter { !$0.hasPrefix("##") }.map(String.init)
        return stride(from: 0, to: lines.count - 1, by: 2).map { (lines[$0], lines[$0 + 1]) }
    }
}

/// The catalogue of Arabic, a file for each part of the interface.
enum ArabicPhrases {}
