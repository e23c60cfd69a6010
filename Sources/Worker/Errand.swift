/// One kind of work that is looked for again and again.
package struct Errand: Sendable {
    /// From a closed list: it labels logs and metrics.
    package let name: String
    /// How long to wait when there was nothing to do.
    package let pause: Duration
    /// Does what is due now.
    package let turn: @Sendable () async throws -> Turn

    package init(
        _ name: String,
        every pause: Duration,
        turn: @escaping @Sendable () async throws -> Turn
    ) {
        self.name = name
        self.pause = pause
        self.turn = turn
    }

    /// What one turn did.
    package struct Turn: Sendable {
        /// How many jobs came to which end.
        package var outcomes: [String: Int]
        /// How many wait still, when that was asked.
        package var waiting: Int?
        /// What somebody should read.
        package var notes: [Note]

        package init(outcomes: [String: Int] = [:], waiting: Int? = nil, notes: [Note] = []) {
            self.outcomes = outcomes
            self.waiting = waiting
            self.notes = notes
        }

        /// Whether there may be more to do at once.
        var wasBusy: Bool { outcomes.values.contains { $0 > 0 } }
    }

    /// A line for the log.
    package struct Note: Sendable {
        package let message: String
        package let fields: [String: String]
        /// Whether an operator should look.
        package let isFailure: Bool

        package init(_ message: String, _ fields: [String: String], isFailure: Bool) {
            self.message = message
            self.fields = fields
            self.isFailure = isFailure
        }
    }
}
