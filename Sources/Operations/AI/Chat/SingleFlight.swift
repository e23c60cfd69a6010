import Synchronization

/// Lets one of several equal questions ask the model, and the others wait for its answer.
final class SingleFlight: Sendable {
    private let flights = Mutex<[[UInt8]: [CheckedContinuation<Bool, Never>]]>([:])

    /// How many wait for somebody else's answer.
    var waiting: Int { flights.withLock { $0.values.reduce(0) { $0 + $1.count } } }

    /// Begins a flight.
    ///
    /// - Returns: True for who may ask, and then must call `land`; false for who has waited until
    ///   somebody else had asked.
    func board(_ key: [UInt8]) async -> Bool {
        await withCheckedContinuation { continuation in
            let isFirst = flights.withLock { flights in
                let isFirst = flights[key] == nil
                flights[key, default: []] += isFirst ? [] : [continuation]
                return isFirst
            }
            if isFirst { continuation.resume(returning: true) }
        }
    }

    /// Ends the flight of a key; those who waited look for the answer.
    func land(_ key: [UInt8]) {
        let waiting = flights.withLock { $0.removeValue(forKey: key) ?? [] }
        for continuation in waiting { continuation.resume(returning: false) }
    }
}
