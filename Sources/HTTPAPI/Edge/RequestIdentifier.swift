import HTTPTypes
import Synchronization

/// The names of requests, by which an answer, its line in the log and its events are known.
enum RequestIdentifier {
    /// The client's id if it is short and harmless in a log line, otherwise a new one.
    static func choose(_ given: String?) -> String {
        if let given, (1...64).contains(given.utf8.count), given.utf8.allSatisfy(isAllowed) {
            return given
        }
        let digits = String(nextNumber(), radix: 16)
        return "req_" + String(repeating: "0", count: 16 - digits.count) + digits
    }

    private static let step: UInt64 = 0x9E37_79B9_7F4A_7C15
    private static let last = Atomic(UInt64.random(in: .min ... .max))

    /// Numbers that look random and do not repeat, without a system call for each (SplitMix64:
    /// Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", 2014).
    private static func nextNumber() -> UInt64 {
        var number = last.wrappingAdd(step, ordering: .relaxed).newValue
        number = (number ^ (number >> 30)) &* 0xBF58_476D_1CE4_E5B9
        number = (number ^ (number >> 27)) &* 0x94D0_49BB_1331_11EB
        return number ^ (number >> 31)
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "-"):
            true
        default: false
        }
    }
}

extension HTTPField.Name {
    static let requestID = named("X-Request-Id")
    static let workspace = named("X-Workspace-Id")
    static let supportSession = named("X-Support-Session")
    static let idempotencyKey = named("Idempotency-Key")
    static let apiKey = named("X-Api-Key")

    /// A name that is known to be a token; the fallback is never taken.
    static func named(_ name: String) -> HTTPField.Name {
        HTTPField.Name(name) ?? .accept
    }
}
