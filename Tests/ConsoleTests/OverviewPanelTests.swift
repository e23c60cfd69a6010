import Domain
import Terminal
import Testing

@testable import Console

/// What stands below the cards of the overview where there is room.
struct OverviewPanelTests {
    private func asked(_ effects: [Effect]) -> [PlatformRequest] {
        loads(effects).compactMap {
            if case .platform(let request, _) = $0 { request } else { nil }
        }
    }

    @Test func `a large screen shows who costs most and what happened last`() throws {
        var ada = try Operator(size: Size(columns: 120, rows: 40))
        try ada.signIn()
        let lines = ada.lines
        #expect(lines.contains { $0.contains("AI cost of this month") })
        #expect(lines.contains { $0.contains("Newest on the platform") })
        #expect(lines.contains { $0.contains("tenant.suspended") && $0.contains("Acme Charity") })
        #expect(lines.contains { $0.contains("user.disabled") && $0.contains("user ") })
    }

    @Test func `a small one neither shows nor asks for them, and asks once when it grows`() throws {
        var ada = try Operator(size: Size(columns: 80, rows: 24))
        try ada.signIn()
        #expect(!ada.lines.contains { $0.contains("Newest on the platform") })
        #expect(asked(try ada.press("r")) == [.overview])
        ada.answerAll()
        let grown = asked(ada.send(.resized(Size(columns: 120, rows: 40))))
        #expect(grown.count == 1)
        #expect(asked(ada.send(.woke)).isEmpty)
        ada.answerAll()
        #expect(ada.lines.contains { $0.contains("Newest on the platform") })
    }

    @Test func `a panel that cannot be had leaves the cards alone`() throws {
        var ada = try Operator(size: Size(columns: 120, rows: 40))
        ada.send(.started)
        try ada.answer(.success(.identity(World.identity(.superAdmin, World.ada))))
        while let next = ada.open.first {
            let isPanel = if case .platform(.highlights, _) = next.request { true } else { false }
            let refusal = DomainError(.forbidden, .permissionDenied, "No.")
            try ada.answer(isPanel ? .failure(refusal) : .success(World.answer(next.request)))
        }
        #expect(ada.lines.contains { $0.contains("AI spend") })
        #expect(!ada.lines.contains { $0.contains("No.") || $0.contains("of this month") })
    }
}
