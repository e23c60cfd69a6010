/// What became of one mail that was in hand.
package enum MailOutcome: String, CaseIterable, Hashable, Sendable {
    case sent
    /// It will be tried again.
    case deferred
    /// It will not.
    case failed
    /// Another worker had it meanwhile: what this one found out does not count.
    case superseded
}
