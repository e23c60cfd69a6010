import Domain
import Testing

struct InvitationPauseTests {
    /// Noon of a day.
    private static let noon = Instant(seconds: 20_000 * 86_400 + 43_200)

    private func refusal(_ last: Int64?, today: Int64) -> DomainError? {
        do {
            try InvitationPause.check(
                last: last.map { Self.noon.advanced(by: .seconds(-$0)) },
                today: today,
                now: Self.noon
            )
            return nil
        } catch {
            return error
        }
    }

    @Test func `a day begins at midnight by UTC`() {
        let midnight = Self.noon.advanced(by: .seconds(-43_200))
        #expect(InvitationPause.dayBegin(of: Self.noon) == midnight)
        #expect(InvitationPause.dayBegin(of: midnight) == midnight)
    }

    @Test(
        arguments: [
            (0, 300, "Send the next one in 5 minutes."),
            (1, 299, "Send the next one in 5 minutes."),
            (240, 60, "Send the next one in 1 minute."), (299, 1, "Send the next one in 1 minute."),
        ] as [(Int64, Int64, String)]
    )
    func `the next mail waits`(ago: Int64, wait: Int64, hint: String) {
        let error = refusal(ago, today: 1)
        #expect(error?.code == .rateLimited)
        #expect(error?.kind == .limited(retryAfter: .seconds(wait)))
        #expect(error?.hint == hint)
    }

    @Test func `after five minutes, and for the first time, nothing waits`() {
        #expect(refusal(nil, today: 0) == nil)
        #expect(refusal(300, today: 4) == nil)
    }

    @Test func `the sixth of a day waits for the next`() {
        let error = refusal(3_600, today: 5)
        #expect(error?.kind == .limited(retryAfter: .seconds(43_200)))
        #expect(error?.message == "The address was sent 5 invitations today.")
    }
}
