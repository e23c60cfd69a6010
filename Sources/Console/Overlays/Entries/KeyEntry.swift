import Domain

/// What is filled in about API keys.
enum KeyEntry: Entry {
    case make(TenantRef, Zone)
    case edit(TenantRef, APIKey, Zone)
    case rotate(TenantRef, APIKey)

    private var place: TenantRef {
        switch self {
        case .make(let tenant, _), .edit(let tenant, _, _), .rotate(let tenant, _): tenant
        }
    }

    var tenant: TenantRef? { place }

    func order(
        _ values: FormValues,
        of _: FormOverlay,
        now: Instant
    ) throws(DomainError) -> FormOverlay.Order {
        switch self {
        case .make(_, let zone):
            let terms = try Self.terms(values, of: nil, now: now, zone)
            let scopes = values["scopes"].split { $0 == "," || $0.isWhitespace }.map(String.init)
            return .ask(.tenant(.keys(.create(terms, scopes: scopes)), place))
        case .edit(_, let key, let zone):
            let terms = try Self.terms(values, of: key, now: now, zone)
            return .ask(.tenant(.keys(.change(key.id, terms, version: key.version)), place))
        case .rotate(_, let key):
            let overlap = Duration.seconds(Int64(values["overlap_seconds"]) ?? 0)
            return .ask(.tenant(.keys(.rotate(key.id, overlap: overlap)), place))
        }
    }

    private static func terms(
        _ values: FormValues,
        of key: APIKey?,
        now: Instant,
        _ zone: Zone
    ) throws(DomainError) -> KeyTerms {
        var problems = FieldProblems()
        let name = problems.collect { () throws(DomainError) in
            try Validation.text(values["name"], field: "name", length: 1...100)
        }
        let end = problems.collect { () throws(DomainError) in
            try Self.end(values["expires_at"].trimmed, of: key, now: now, zone)
        }
        let rate = problems.collect { () throws(DomainError) in
            try Self.rate(values["rate_per_minute"].trimmed, of: key)
        }
        guard let name, let end, let rate else { throw .invalid(problems.list) }
        return KeyTerms(name: name, expiresAt: end, ratePerMinute: rate)
    }

    /// What was picked, or a day that was typed: the key is good until that day is over.
    private static func end(
        _ text: String,
        of key: APIKey?,
        now: Instant,
        _ zone: Zone
    ) throws(DomainError) -> APIKeyEdit.Change<Instant> {
        if text.isEmpty { return .none }
        if text == "never" { return key?.expiresAt == nil ? .none : .removed }
        if let days = Int64(text), (1...3_650).contains(days) {
            return .set(now.advanced(by: .seconds(days * 86_400)))
        }
        guard let day = CivilDate(typed: text) else {
            throw .invalid("expires_at", "must be a day such as 2027-01-31")
        }
        let end = zone.start(of: CivilDate(daysSinceEpoch: day.daysSinceEpoch + 1))
        guard end > now else { throw .invalid("expires_at", "must be in the future") }
        return .set(end)
    }

    private static func rate(
        _ text: String,
        of key: APIKey?
    ) throws(DomainError) -> APIKeyEdit.Change<Int> {
        if text.isEmpty { return key?.ratePerMinute == nil ? .none : .removed }
        guard let number = Int(text), NewAPIKey.rates.contains(number) else {
            throw .invalid("rate_per_minute", "must be 1 to 1000000")
        }
        return .set(number)
    }

    func done(
        _ answer: ConsoleAnswer,
        _: FormValues,
        in console: inout Console
    ) -> [Effect] {
        switch (self, answer) {
        case (.make, .issuedKey(let key)), (.rotate, .issuedKey(let key)):
            return console.issued(key)
        case (.edit(let tenant, let old, _), .key(let key)):
            let terms = KeyTerms(
                name: old.name,
                expiresAt: old.expiresAt.map { .set($0) } ?? .removed,
                ratePerMinute: old.ratePerMinute.map { .set($0) } ?? .removed
            )
            let back = KeyRequest.change(old.id, terms, version: key.version)
            console.tell(
                "Changed the key \(key.name).",
                TakeBack("Change the key \(old.name) back", .tenant(.keys(back), tenant)),
                in: tenant
            )
            return console.settleAfterWrite(answer)
        default: return console.reload(isExplicit: true)
        }
    }
}

extension CivilDate {
    /// Reads `2027-01-31`; nil for anything else.
    init?(typed text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, let year = Int(parts[0]), let month = Int(parts[1]),
            let day = Int(parts[2])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }
}
