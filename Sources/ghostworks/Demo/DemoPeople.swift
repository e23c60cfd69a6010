import Domain
import Storage

/// Makes the people of the demonstration.
struct DemoPeople {
    let plan: DemoPlan
    private var random = DemoRandom(seed: 0x5EED_0001)

    init(plan: DemoPlan) {
        self.plan = plan
    }

    /// All people, the owner with the password first.
    mutating func make() -> [DemoPerson] {
        (0..<plan.personCount).map { person($0) }
    }

    private mutating func person(_ index: Int) -> DemoPerson {
        let createdAt = plan.start
        if index == 0 {
            return DemoPerson(
                id: random.id(at: createdAt),
                email: DemoPlan.ownerEmail,
                name: "Omar Alrashed",
                locale: "en",
                createdAt: createdAt
            )
        }
        let isArabic = random.chance(35)
        let (name, handle) = isArabic ? arabicName() : englishName()
        return DemoPerson(
            id: random.id(at: createdAt),
            email: "\(handle)\(index)@people.example",
            name: name,
            locale: isArabic ? "ar" : "en",
            createdAt: createdAt
        )
    }

    private mutating func englishName() -> (String, String) {
        let first = random.pick(DemoWords.englishFirstNames)
        let last = random.pick(DemoWords.englishLastNames)
        return ("\(first) \(last)", "\(first).\(last).".lowercased())
    }

    private mutating func arabicName() -> (String, String) {
        let first = random.pick(DemoWords.arabicFirstNames)
        let last = random.pick(DemoWords.arabicLastNames)
        return ("\(first.0) \(last.0)", "\(first.1).\(last.1).")
    }
}
