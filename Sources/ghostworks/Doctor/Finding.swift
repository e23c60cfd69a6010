/// What the doctor found of one thing.
struct Finding: Hashable, Sendable {
    let check: String
    let state: State
    let detail: String
    /// What to do when it is not right.
    let fix: String?

    enum State: String, Hashable, Sendable {
        case ok
        /// Works, but not as well as it could.
        case warning
        case failed
        /// Could not be looked at, because something before it failed.
        case skipped
    }

    static func ok(_ check: String, _ detail: String) -> Finding {
        Finding(check: check, state: .ok, detail: detail, fix: nil)
    }

    static func warning(_ check: String, _ detail: String, fix: String) -> Finding {
        Finding(check: check, state: .warning, detail: detail, fix: fix)
    }

    static func failed(_ check: String, _ detail: String, fix: String) -> Finding {
        Finding(check: check, state: .failed, detail: detail, fix: fix)
    }

    static func skipped(_ check: String, because reason: String) -> Finding {
        Finding(check: check, state: .skipped, detail: reason, fix: nil)
    }
}
