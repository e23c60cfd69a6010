import Domain

extension DemoTenant {
    /// An artifact in one of the two languages.
    mutating func document(at moment: Instant, by author: UserID) -> Artifact {
        let isArabic = random.chance(30)
        let topic = random.pick(isArabic ? DemoWords.arabicTopics : DemoWords.englishTopics)
        let place = random.pick(isArabic ? DemoWords.arabicPlaces : DemoWords.englishPlaces)
        let sentences = isArabic ? DemoWords.arabicSentences : DemoWords.englishSentences
        let year = moment.date.year - random.below(3)
        let text = (0..<random.within(1...3)).map { _ in random.pick(sentences) }
        return Artifact(
            id: random.id(at: moment),
            name: "\(topic.name) \(year) – \(place)",
            description: text.joined(separator: " "),
            tags: topic.tags,
            metadata: .object([
                "language": .string(isArabic ? "ar" : "en"),
                "words": .integer(Int64(random.within(120...4_000))),
            ]),
            createdBy: author,
            createdAt: moment,
            updatedBy: author,
            updatedAt: moment,
            version: 1,
            deletedAt: nil
        )
    }
}
