import Domain
import Postgres

/// Tiers of prices as the database keeps them.
extension PriceTier {
    /// The names are those that the functions of the database read.
    var stored: JSONValue {
        .object([
            "above": .integer(above), "input_pico": .integer(input),
            "output_pico": .integer(output), "cached_pico": .integer(cached),
            "cache_write_pico": .integer(cacheWrite), "reasoning_pico": .integer(reasoning),
        ])
    }

    init(stored value: JSONValue) throws {
        func amount(_ name: String) throws -> Int64 {
            guard case .integer(let amount) = value[name] else {
                throw DomainError(.internal, .internalError, "A tier of a price is malformed.")
            }
            return amount
        }
        try self.init(
            above: amount("above"),
            input: amount("input_pico"),
            output: amount("output_pico"),
            cached: amount("cached_pico"),
            cacheWrite: amount("cache_write_pico"),
            reasoning: amount("reasoning_pico")
        )
    }

    /// Those of one price; the lowest first.
    static func all(stored value: JSONValue) throws -> [PriceTier] {
        guard case .array(let tiers) = value else {
            throw DomainError(.internal, .internalError, "The tiers of a price are malformed.")
        }
        return try tiers.map(PriceTier.init(stored:)).sorted { $0.above < $1.above }
    }
}

extension [PriceTier] {
    var stored: JSONValue { .array(map(\.stored)) }
}
