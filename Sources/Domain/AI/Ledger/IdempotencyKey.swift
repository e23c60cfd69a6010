/// The name that a client gave to a request, so that repeating it changes nothing a second time.
package struct IdempotencyKey: Hashable, Sendable {
    package var text: String
    /// What it was sent to: sent elsewhere, the same key stands for another request.
    package var operation: String

    package init(_ text: String, of operation: String) {
        self.text = text
        self.operation = operation
    }
}

/// An idempotency key and the digest of what was asked with it.
package struct IdempotencyMark: Hashable, Sendable {
    package var key: String
    package var fingerprint: [UInt8]

    package init(key: String, fingerprint: [UInt8]) {
        self.key = key
        self.fingerprint = fingerprint
    }
}
