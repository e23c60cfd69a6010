import Domain
import Foundation

/// One value of a listing, before a format is chosen.
enum Cell: Hashable, Sendable {
    case text(String)
    /// What a thing is known by, and what commands take: of no use when its end is missing.
    case identifier(String)
    case number(Int64)
    /// Nano-USD: dollars for people, decimal text of dollars for machines.
    case money(Int64)
    case flag(Bool)
    case time(Instant)
    case list([String])
    case json(JSONValue)
    /// Of a price: as they are typed.
    case tiers([PriceTier])
    case none

    init(_ text: String?) { self = text.map(Cell.text) ?? .none }
    init(identifier: String?) { self = identifier.map(Cell.identifier) ?? .none }
    init(_ number: Int64?) { self = number.map(Cell.number) ?? .none }
    init(_ number: Int) { self = .number(Int64(number)) }
    init(_ time: Instant?) { self = time.map(Cell.time) ?? .none }
    init<Entity>(_ id: Identifier<Entity>?) {
        self = id.map { .identifier($0.description) } ?? .none
    }

    /// The value for machines.
    var json: JSONValue {
        switch self {
        case .text(let text), .identifier(let text): .string(text)
        case .number(let number): .integer(number)
        case .money(let nano): .string(nano.decimal(places: 9))
        case .flag(let flag): .bool(flag)
        case .time(let time): .string(time.rfc3339)
        case .list(let items): .array(items.map(JSONValue.string))
        case .json(let value): value
        case .tiers(let tiers): .string(Self.exact(tiers))
        case .none: .null
        }
    }

    /// The value for spreadsheets.
    var csv: String {
        switch self {
        case .text(let text), .identifier(let text): text
        case .number(let number): String(number)
        case .money(let nano): nano.decimal(places: 9)
        case .flag(let flag): flag ? "true" : "false"
        case .time(let time): time.rfc3339
        case .list(let items): items.joined(separator: " ")
        case .json(let value): value.canonical
        case .tiers(let tiers): Self.exact(tiers)
        case .none: ""
        }
    }

    /// The value for people.
    func shown(in zone: TimeZone) -> String {
        switch self {
        case .text(let text), .identifier(let text): text
        case .number(let number): Self.grouped(number)
        case .money(let nano): Money.readable(nano: nano)
        case .flag(let flag): flag ? "yes" : "no"
        case .time(let time): time.shown(in: zone)
        case .list(let items): items.joined(separator: ", ")
        case .json(let value): value.canonical
        case .tiers(let tiers):
            tiers.isEmpty ? "–" : tiers.map(\.typed).joined(separator: " ")
        case .none: "–"
        }
    }

    var isNumber: Bool {
        switch self {
        case .number, .money: true
        default: false
        }
    }

    /// Whether it says something else when its end is missing.
    var isWhole: Bool {
        switch self {
        case .text, .list, .json, .none: false
        case .identifier, .number, .money, .flag, .time, .tiers: true
        }
    }

    var isTime: Bool {
        if case .time = self { true } else { false }
    }

    var isIdentifier: Bool {
        if case .identifier = self { true } else { false }
    }

    /// An amount of a budget.
    init(_ amount: Int64?, _ metric: Budget.Metric) {
        self = amount.map { metric == .cost ? .money($0) : .number($0) } ?? .none
    }

    /// Every price of every tier, with six decimals.
    private static func exact(_ tiers: [PriceTier]) -> String {
        tiers.map { tier in
            let prices = [
                tier.input, tier.output, tier.cached, tier.cacheWrite, tier.reasoning,
            ]
            return "\(tier.above):"
                + prices.map { "$\($0.decimal(places: 6))/M" }.joined(separator: ":")
        }.joined(separator: " ")
    }

    /// 1234567 as 1,234,567.
    static func grouped(_ number: Int64) -> String {
        let digits = String(number.magnitude)
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
            text.append(digit)
        }
        return number < 0 ? "-" + text : text
    }
}

extension Instant {
    /// `2026-03-02 10:14:05` in a zone.
    func shown(in zone: TimeZone) -> String {
        let date = Date(timeIntervalSince1970: Double(seconds))
        let offset = Int64(zone.secondsFromGMT(for: date))
        let local = Instant(seconds: seconds + offset).rfc3339
        return String(local.prefix(19)).replacing("T", with: " ")
    }
}
