import Foundation

/// How long the fault tests go on.
enum FaultScale {
    /// The full set is a matter of minutes; without it each test takes the few seconds of its
    /// short form.
    static let isFull = ProcessInfo.processInfo.environment["GHOSTWORKS_FAULTS"] == "full"

    /// The short or the full number of something.
    static func choose(_ short: Int, full: Int) -> Int {
        isFull ? full : short
    }
}
