/// What can go wrong in this module, without ever carrying secret bytes.
///
/// Each case renders as a lower-case phrase that states the rule which was broken.
public enum SealingError: Error, Sendable, Hashable {
    /// An OpenSSL call failed; `reason` is the text of OpenSSL's error queue.
    case library(operation: String, reason: String)

    /// Text or bytes do not have the required form; `rule` says which form.
    case malformed(rule: String)

    /// A value names a key that is not loaded.
    case unknownKey(id: String)

    /// A tag, MAC or signature does not match; `what` names the thing that was checked.
    case notAuthentic(what: String)

    /// A signed value has run out, this many seconds ago (0: at this very second).
    case expired(secondsAgo: Int64)

    /// All threads of a queue are busy and its waiting room is full.
    case queueFull(retryAfter: Duration)

    /// The task was cancelled while its work was still waiting.
    case cancelled

    /// A file cannot be used; `rule` says what it must be, or what the system answered.
    case file(path: String, rule: String)
}

extension SealingError: CustomStringConvertible {
    /// A phrase that states the broken rule.
    public var description: String {
        switch self {
        case .library(let operation, let reason):
            "\(operation) must succeed; OpenSSL says: \(reason)"
        case .malformed(let rule):
            rule
        case .unknownKey(let id):
            "the key '\(id)' must be loaded before it is used"
        case .notAuthentic(let what):
            "\(what) must be authentic; it was altered, or made with another key"
        case .expired(let secondsAgo):
            "the signed value must not have run out; it did \(secondsAgo) s ago"
        case .queueFull(let retryAfter):
            "the queue must have room; try again in \(retryAfter.components.seconds) s"
        case .cancelled:
            "the work must not be cancelled while it waits"
        case .file(let path, let rule):
            "file '\(path)' \(rule)"
        }
    }
}
