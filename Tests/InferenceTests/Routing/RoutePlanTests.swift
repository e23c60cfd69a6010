import Domain
import Inference
import Testing

@Suite struct RoutePlanTests {
    private let start = ContinuousClock.now
    private let first = RouteTarget(provider: "a", model: "a/1")
    private let sister = RouteTarget(provider: "a", model: "a/2")
    private let second = RouteTarget(provider: "b", model: "b/1")

    private func next(
        _ plan: inout RoutePlan,
        _ stage: ProviderFailure.Stage,
        _ reason: ProviderFailure.Reason,
        status: Int? = nil,
        retryAfter: Duration? = nil,
        chance: Double = 1,
        life: Duration = .seconds(60)
    ) -> RoutePlan.Step {
        plan.next(
            after: ProviderFailure(
                stage,
                reason,
                status: status,
                retryAfter: retryAfter,
                message: "x"
            ),
            at: start,
            deadline: start + life,
            chance: chance
        )
    }

    @Test func `an empty route asks nobody`() {
        var plan = RoutePlan([])
        #expect(plan.begin() == .giveUp)
        #expect(next(&plan, .notSent, .unreachable) == .giveUp)
    }

    @Test func `others are asked before the same again, three requests in all`() {
        var plan = RoutePlan([first, second])
        #expect(plan.begin() == .ask(first, pause: .zero))
        #expect(next(&plan, .notSent, .unreachable) == .ask(second, pause: .zero))
        #expect(next(&plan, .notSent, .unreachable) == .ask(first, pause: .milliseconds(500)))
        #expect(next(&plan, .notSent, .unreachable) == .giveUp)
    }

    @Test(arguments: [(0.0, 0), (0.5, 125), (1.0, 250), (7.0, 250)])
    func `a pause is spread over its whole length`(chance: Double, milliseconds: Int) {
        var plan = RoutePlan([first])
        let step = next(&plan, .notSent, .unreachable, chance: chance)
        #expect(step == .ask(first, pause: .milliseconds(milliseconds)))
    }

    @Test func `a pause is never shorter than the provider wants`() {
        var plan = RoutePlan([first])
        let step = next(&plan, .notSent, .rateLimited, status: 429, retryAfter: .seconds(3))
        #expect(step == .ask(first, pause: .seconds(3)))
    }

    @Test func `a wish that takes too long ends the call`() {
        var plan = RoutePlan([first])
        #expect(next(&plan, .notSent, .rateLimited, retryAfter: .seconds(9)) == .giveUp)
        plan = RoutePlan([first])
        let step = next(&plan, .notSent, .rateLimited, retryAfter: .seconds(3), life: .seconds(2))
        #expect(step == .giveUp)
    }

    @Test func `nothing is asked again after a 400 or after the first content`() {
        var plan = RoutePlan([first, second])
        #expect(next(&plan, .notSent, .badRequest, status: 400) == .giveUp)
        plan = RoutePlan([first, second])
        #expect(next(&plan, .notSent, .tooLong, status: 400) == .giveUp)
        plan = RoutePlan([first, second])
        #expect(next(&plan, .notSent, .badRequest, status: 422) == .giveUp)
        plan = RoutePlan([first, second], rules: .init(allowsAmbiguousRetry: true))
        #expect(next(&plan, .afterFirstByte, .broken) == .giveUp)
        #expect(next(&plan, .notSent, .cancelled) == .giveUp)
    }

    @Test func `what may have been billed is asked again only where the route allows it`() {
        var plan = RoutePlan([first, second])
        #expect(next(&plan, .maybeBilled, .broken, status: 500) == .giveUp)
        plan = RoutePlan([first, second], rules: .init(allowsAmbiguousRetry: true))
        #expect(next(&plan, .maybeBilled, .broken, status: 500) == .ask(second, pause: .zero))
    }

    @Test func `a refused key passes over all models of its provider`() {
        var plan = RoutePlan([first, sister, second])
        let step = next(&plan, .notSent, .unauthorized, status: 401)
        #expect(step == .ask(second, pause: .zero))
        #expect(next(&plan, .notSent, .unauthorized, status: 401) == .giveUp)
    }

    @Test(arguments: [
        (ProviderFailure.Reason.unknownModel, 404), (.tooLong, 413),
    ])
    func `a target that cannot do it is not asked again`(
        reason: ProviderFailure.Reason,
        status: Int
    ) {
        var plan = RoutePlan([first, second])
        #expect(next(&plan, .notSent, reason, status: status) == .ask(second, pause: .zero))
        #expect(next(&plan, .notSent, reason, status: status) == .giveUp)
    }

    @Test func `targets that are left alone are no attempts`() {
        let third = RouteTarget(provider: "c", model: "c/1")
        var plan = RoutePlan([first, second, third], rules: .init(attempts: 1))
        #expect(next(&plan, .notSent, .benched) == .ask(second, pause: .zero))
        #expect(next(&plan, .notSent, .notConfigured) == .ask(third, pause: .zero))
        #expect(next(&plan, .notSent, .unreachable) == .giveUp)
    }

    @Test func `nobody is asked after the deadline`() {
        var plan = RoutePlan([first, second])
        #expect(next(&plan, .notSent, .unreachable, life: .zero) == .giveUp)
    }
}
