import Domain
import Terminal
import Testing
import Themes

@testable import Console
@testable import Ncurses

/// What painting a whole screen costs, on a terminal that has shown what it does.
struct RepaintBudgetTests {
    /// A page of tenants as they are: names of many lengths, each seventh suspended, all counted.
    private static let tenants: [TenantSummary] = {
        let trades = [
            "Bakery", "Theatre", "Textiles", "Legal", "Homes", "Relief", "Logistics",
            "Renewable Energy Cooperative", "Books", "Health",
        ]
        let names = ["Hazel", "Ember", "Indigo", "Beacon", "Vista", "Karam", "North Pier"]
        return (0..<100).map { index in
            let number = Int64(index + 1)
            let twin = index < 70 ? "" : " 2"
            let name = "\(names[index % 7]) \(trades[index % 10])\(twin)"
            return TenantSummary(
                id: World.id(500 + index),
                slug: name.lowercased().replacing(" ", with: "-"),
                name: name,
                nameKey: name.lowercased(),
                status: index % 7 == 4 ? .suspended : .active,
                plan: Plan.allCases[index % 3],
                createdAt: World.ago(number * 2_000),
                figures: TenantFigures(
                    members: index * 37 % 90 + 3,
                    artifacts: index * 1_240 % 9_000,
                    aiTokens: number * 812_345 % 14_000_000,
                    aiCostNano: number * 1_234_567_890 % 90_000_000_000,
                    storageBytes: number * 48_000_123,
                    refreshedAt: World.ago(3)
                )
            )
        }
    }()

    private func listing(_ theme: String, _ depth: ColorDepth, _ size: Size) throws -> Frame {
        var ada = try Operator(size: size)
        try ada.signIn()
        try ada.press("T")
        while let (id, request) = ada.open.first {
            ada.open.removeFirst()
            var answer = World.answer(request)
            if case .platform(.tenants, _) = request {
                answer = .tenants(Page(items: Self.tenants, next: nil, hasPrevious: false))
            }
            ada.send(.answered(id, .success(answer)))
        }
        try ada.press("j", "j", "j")
        let yaml = try #require(Themes.yaml(named: theme))
        let index = ada.console.surroundings.themeIndex
        ada.console.surroundings.settings.themes[index].styles =
            try Theme(yaml: yaml, file: theme).styles(at: depth)
        // The list is full, to its last row.
        #expect(
            ada.lines[size.rows - 4].contains("active")
                || ada.lines[size.rows - 4].contains("suspended")
        )
        return ada.frame
    }

    private func cost(_ frame: Frame, _ forms: Repaint.Forms) throws -> Int {
        let rows = (0..<frame.size.rows).map { y in
            frame.row(y).filter { !$0.isContinuation }.map {
                ScreenElement(glyph: $0.glyph, style: $0.style, columns: Int($0.glyph.width))
            }
        }
        let cursor = frame.cursor ?? Point(x: 0, y: 0)
        let painted = try #require(Repaint.bytes(of: rows, cursor: cursor, from: nil, forms))
        return painted.bytes.count + Self.marks
    }

    /// What stands around a frame.
    private static let marks = 16

    @Test(arguments: Themes.all.map(\.name), [ColorDepth.full, .sixteen, .none])
    func `a screen full of tenants is painted within its budget`(
        theme: String,
        depth: ColorDepth
    ) throws {
        let forms = Repaint.Forms(repeats: true, tabs: true)
        let small = try listing(theme, depth, Size(columns: 120, rows: 40))
        #expect(try cost(small, forms) <= 4_500)
        let large = try listing(theme, depth, Size(columns: 200, rows: 60))
        #expect(try cost(large, forms) <= 7_000)
    }
}
