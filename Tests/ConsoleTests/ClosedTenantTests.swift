import Domain
import Testing

@testable import Console

/// What a closed tenant's screen says of its data.
struct ClosedTenantTests {
    private func lines(_ closing: TenantClosing) throws -> [String] {
        var ada = try Operator()
        try ada.signIn()
        var detail = World.detail
        detail.tenant.status = .deleted
        detail.tenant.closing = closing
        ada.run(":tenant acme")
        while let next = ada.open.firstIndex(where: { request in
            if case .tenant(.audit(.wait), _) = request.1 { false } else { true }
        }) {
            let (id, request) = ada.open.remove(at: next)
            let answer =
                switch request {
                case .platform(.resolve, _), .platform(.tenant, _):
                    ConsoleAnswer.tenantDetail(detail)
                default: World.answer(request)
                }
            ada.send(.answered(id, .success(answer)))
        }
        #expect(ada.console.overlay == nil)
        #expect(ada.lines.contains { $0.contains("This tenant is closed") })
        return ada.lines
    }

    @Test func `it tells when they go, that they go, and that they went`() throws {
        let closed = World.ago(10_000)
        var closing = TenantClosing(closedAt: closed).purging(afterDays: 90)
        let zone = Zone(minutesEast: 180)
        let goes = zone.minute(closed.advanced(by: .seconds(90 * 86_400)))
        #expect(try lines(closing).contains { $0.contains("goes on \(goes)") })
        #expect(try lines(closing.purging(afterDays: 0)).contains { $0.contains("stays") })
        closing.purgeBeganAt = World.ago(60)
        #expect(try lines(closing).contains { $0.contains("is being deleted") })
        closing.purgedAt = World.ago(30)
        #expect(try lines(closing).contains { $0.contains("deleted since") })
    }
}
