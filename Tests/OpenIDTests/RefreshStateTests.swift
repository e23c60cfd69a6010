import Domain
import Testing

@testable import OpenID

struct RefreshStateTests {
    private typealias State = RefreshState<Int>

    private static func at(_ seconds: Int64) -> Instant { Instant(seconds: 1_000_000 + seconds) }

    private static func name(_ step: State.Step) -> String {
        switch step {
        case .use(let document): "use \(document)"
        case .fetch: "fetch"
        case .join: "join"
        case .refuse(let refusal): "\(refusal)"
        }
    }

    private func ask(_ state: inout State, _ seconds: Int64, for wanted: Int? = nil) -> String {
        Self.name(
            state.ask(now: Self.at(seconds)) { document in wanted.map { $0 == document } ?? true }
        )
    }

    @Test func `the first one fetches, the others join, and all use the outcome`() {
        var state = State()
        #expect(ask(&state, 0) == "fetch")
        #expect(ask(&state, 1) == "join")
        state.took(1, now: Self.at(2))
        #expect(ask(&state, 3) == "use 1")
        #expect(ask(&state, 601) == "use 1")
        #expect(ask(&state, 602) == "fetch")
        #expect(ask(&state, 602) == "use 1")
    }

    @Test func `a flood of unknown names is one try a minute`() {
        var state = State()
        var fetches = 0
        for second in 0..<600 {
            for _ in 0..<10 where ask(&state, Int64(second), for: 2) == "fetch" {
                fetches += 1
                state.took(1, now: Self.at(Int64(second)))
            }
        }
        #expect(fetches == 10)
        #expect(ask(&state, 599, for: 2) == "unknown")
        #expect(ask(&state, 599, for: 1) == "use 1")
    }

    @Test func `a new document is found by its name within a minute`() {
        var state = State()
        #expect(ask(&state, 0) == "fetch")
        state.took(1, now: Self.at(0))
        #expect(ask(&state, 59, for: 2) == "unknown")
        #expect(ask(&state, 60, for: 2) == "fetch")
        state.took(2, now: Self.at(61))
        #expect(ask(&state, 61, for: 2) == "use 2")
    }

    @Test func `while the issuer is down the last good document is used, for a day`() {
        var state = State()
        #expect(ask(&state, 0) == "fetch")
        state.took(1, now: Self.at(0))
        #expect(ask(&state, 700) == "fetch")
        state.failed()
        #expect(ask(&state, 701) == "use 1")
        #expect(ask(&state, 760) == "fetch")
        state.failed()
        #expect(ask(&state, 86_399) == "fetch")
        state.failed()
        #expect(Self.name(state.settle(now: Self.at(86_399)) { _ in true }) == "use 1")
        #expect(Self.name(state.settle(now: Self.at(86_400)) { _ in true }) == "unreachable")
        #expect(ask(&state, 86_400) == "unreachable")
    }

    @Test func `an issuer that never answered is tried once a minute`() {
        var state = State()
        #expect(ask(&state, 0) == "fetch")
        state.failed()
        #expect(ask(&state, 1) == "unreachable")
        #expect(ask(&state, 60) == "fetch")
        state.failed()
        #expect(ask(&state, 119) == "unreachable")
    }

    @Test func `a clock that was set back does not stop the tries`() {
        var state = State()
        #expect(ask(&state, 5_000) == "fetch")
        state.failed()
        #expect(ask(&state, 0) == "fetch")
    }
}
