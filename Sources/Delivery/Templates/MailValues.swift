import Domain

/// A mail's values as people read them.
struct MailValues: Sendable {
    private let mail: Mail

    private static let limit = 200

    init(_ mail: Mail) {
        self.mail = mail
    }

    /// The values for the words: cut, without control characters, times and roles in the language.
    func shown() -> [String: String] {
        var shown: [String: String] = [:]
        for (name, value) in mail.values where !value.isEmpty {
            shown[name] = show(name, Self.clean(value))
        }
        return shown
    }

    private func show(_ name: String, _ value: String) -> String {
        switch name {
        case "token": value
        case "expires_at", "until", "since": time(value)
        case "budget_scope": isolated(Self.scopes[mail.language]?[value] ?? value)
        case "budget_metric": isolated(Self.metrics[mail.language]?[value] ?? value)
        case "role": isolated(Self.roles[mail.language]?[value] ?? value)
        default: isolated(value)
        }
    }

    /// RFC 3339 becomes a date with words; anything else stays as it is.
    private func time(_ text: String) -> String {
        guard let instant = Instant(rfc3339: text) else { return isolated(text) }
        let date = instant.date
        let minute = (Int(instant.seconds) - date.daysSinceEpoch * 86_400) / 60
        let clock = "\(Instant.twoDigits(minute / 60)):\(Instant.twoDigits(minute % 60))"
        let months = Self.months[mail.language] ?? []
        let day = "\(date.day) \(months[date.month - 1]) \(date.year)"
        switch mail.language {
        case .english: return "\(day), \(clock) UTC"
        case .arabic: return "\(day)، \(clock) بالتوقيت العالمي"
        }
    }

    /// In Arabic a name of the other direction would turn the sentence around it: it is isolated
    /// (Unicode UAX #9).
    private func isolated(_ text: String) -> String {
        mail.language == .arabic ? "\u{2068}\(text)\u{2069}" : text
    }

    /// Without what is not text: control characters and marks that change the direction.
    private static func clean(_ value: String) -> String {
        var text = String.UnicodeScalarView()
        for scalar in value.unicodeScalars.prefix(limit) {
            switch scalar.value {
            case 0..<32, 127...0x9F, 0x2028, 0x2029: text.append(" ")
            case 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: continue
            default: text.append(scalar)
            }
        }
        return String(text)
    }

    private static let months: [Mail.Language: [String]] = [
        .english: [
            "January", "February", "March", "April", "May", "June", "July", "August", "September",
            "October", "November", "December",
        ],
        .arabic: [
            "يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر",
            "أكتوبر", "نوفمبر", "ديسمبر",
        ],
    ]

    private static let scopes: [Mail.Language: [String: String]] = [
        .english: [
            "tenant": "the whole workspace", "user": "a member", "api_key": "an API key",
            "storefront": "the storefront", "purpose": "a purpose", "model": "a model",
        ],
        .arabic: [
            "tenant": "مساحة العمل كلها", "user": "عضو", "api_key": "مفتاح API",
            "storefront": "واجهة المتجر", "purpose": "غرض", "model": "نموذج",
        ],
    ]

    private static let metrics: [Mail.Language: [String: String]] = [
        .english: ["tokens": "tokens", "cost": "costs", "requests": "requests"],
        .arabic: ["tokens": "الرموز", "cost": "التكاليف", "requests": "الطلبات"],
    ]

    /// Roles that everybody has; a workspace's own keep the name it gave them.
    private static let roles: [Mail.Language: [String: String]] = [
        .english: [
            "owner": "owner", "admin": "administrator", "brand_creator": "brand creator",
            "member": "member", "viewer": "viewer", "guest": "guest",
        ],
        .arabic: [
            "owner": "مالك", "admin": "مشرف", "brand_creator": "منشئ علامات", "member": "عضو",
            "viewer": "مُطّلع", "guest": "ضيف",
        ],
    ]
}
