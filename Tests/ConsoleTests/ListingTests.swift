import Domain
import Terminal
import Testing

@testable import Console

/// Lists that come in pages.
struct ListingTests {
    private func row(_ number: Int) -> TableRow<Int> {
        TableRow(id: number, cells: [.text(SafeText("\(number)"))])
    }

    private func page(_ numbers: Range<Int>, next: Bool) -> Page<Int> {
        Page(
            items: Array(numbers),
            next: next ? PagePosition([String(numbers.upperBound - 1)]) : nil,
            hasPrevious: false
        )
    }

    private func listing(pages: Int) -> Listing<Int, Int> {
        var list = Listing<Int, Int>(
            columns: [TableColumn(id: "n", title: "N", span: .flexible())])
        list.take(page(0..<100, next: true), at: .first, now: World.now, render: row)
        for number in 1..<max(1, pages) {
            list.table.select(number * 100 - 1)
            list.take(
                page(number * 100..<number * 100 + 100, next: true),
                at: .next,
                now: World.now,
                render: row
            )
        }
        return list
    }

    @Test func `the end of a page asks for the next one from where it ended`() throws {
        var list = listing(pages: 1)
        #expect(list.press(KeyEvent(.character("G")), visible: 20) == .wants(.next))
        #expect(list.request(.next)?.after == PagePosition(["99"]))
        #expect(list.press(KeyEvent(.down), visible: 20) == .moved)
    }

    @Test func `a long way down keeps a window, and the way back is fetched again`() throws {
        var list = listing(pages: 9)
        #expect(list.table.rows.count <= Table<Int>.capacity)
        #expect(list.items.count == list.table.rows.count)
        #expect(list.press(KeyEvent(.home), visible: 20) == .wants(.first))
        #expect(list.request(.previous)?.after == PagePosition(["199"]))
        list.table.stopLoading()
        list.take(page(200..<300, next: true), at: .previous, now: World.now, render: row)
        #expect(list.table.rows.first?.id == 200)
    }

    @Test func `a refresh announces what is new and moves nothing`() {
        var list = listing(pages: 1)
        list.table.select(5)
        let fresh = Page(
            items: [-2, -1] + Array(0..<98),
            next: PagePosition(["97"]),
            hasPrevious: false
        )
        list.take(fresh, at: .refresh, now: World.now, render: row)
        #expect(list.table.notice.arrived == 2)
        #expect(list.table.rows.first?.id == 0)
        #expect(list.table.selection == 5)
        #expect(list.press(KeyEvent(.character("g")), visible: 20) == .wants(.first))
    }

    @Test func `a refresh moves nothing while the first row is selected either`() {
        var list = listing(pages: 1)
        let fresh = Page(
            items: [-1] + Array(0..<99),
            next: PagePosition(["98"]),
            hasPrevious: false
        )
        list.take(fresh, at: .refresh, now: World.now, render: row)
        #expect(list.table.rows.first?.id == 0)
        #expect(list.table.notice.arrived == 1)
        #expect(list.table.rows.count == 100)
        list.take(fresh, at: .first, now: World.now, render: row)
        #expect(list.table.rows.first?.id == -1)
        #expect(list.table.selection == 0)
        #expect(list.table.notice.arrived == 0)
    }

    @Test func `rows that are gone leave, and those pushed onto the next page stay`() {
        var list = listing(pages: 1)
        list.table.select(5)
        let items = [-1] + Array(0..<5) + Array(6..<98)
        let page = Page(items: items, next: PagePosition(["97"]), hasPrevious: false)
        list.take(page, at: .refresh, now: World.now, render: row)
        let ids = list.table.rows.map(\.id)
        #expect(!ids.contains(5))
        #expect(ids.contains(98) && ids.contains(99))
        #expect(list.selected == 6)
        #expect(list.table.notice.arrived == 1)
        list.take(self.page(0..<3, next: false), at: .refresh, now: World.now, render: row)
        #expect(list.table.rows.map(\.id) == [0, 1, 2])
    }

    @Test func `rows behind the window are not new`() {
        var list = listing(pages: 1)
        list.take(page(1..<101, next: true), at: .refresh, now: World.now, render: row)
        #expect(list.table.notice.arrived == 0)
        #expect(list.table.rows.first?.id == 1)
    }

    @Test func `only the changed cells pulse, and none where nothing may move`() {
        func row(_ number: Int) -> TableRow<Int> { TableRow(id: number, cells: ["same", "old"]) }
        func changed(_ number: Int) -> TableRow<Int> {
            TableRow(id: number, cells: ["same", "new"])
        }
        var list = Listing<Int, Int>(columns: [])
        list.take(page(0..<3, next: false), at: .first, now: World.now, render: row)
        list.take(page(0..<3, next: false), at: .refresh, now: World.now, render: changed)
        #expect(list.table.notice.pulsing == [0, 1, 2])
        #expect(list.table.notice.changedCells[1] == [1])
        list.settle(World.now.advanced(by: .seconds(1)))
        #expect(list.table.notice.changedCells.isEmpty)
        list.pulses = false
        list.take(page(0..<3, next: false), at: .refresh, now: World.now, render: row)
        #expect(list.table.notice.pulsing.isEmpty)
        #expect(list.pulseUntil == nil)
    }

    @Test func `what was made is selected when it comes, unless somebody moved meanwhile`() {
        var list = listing(pages: 1)
        list.table.select(5)
        list.expect(40)
        list.take(page(0..<100, next: true), at: .first, now: World.now, render: row)
        #expect(list.table.selection == 40)
        list.expect(7)
        #expect(list.press(KeyEvent(.down), visible: 20) == .moved)
        list.take(page(0..<100, next: true), at: .first, now: World.now, render: row)
        #expect(list.table.selection == 41)
        list.expect(4_711)
        list.take(page(0..<100, next: true), at: .first, now: World.now, render: row)
        #expect(list.table.selection == 41)
    }

    @Test func `a changed row pulses for a second`() {
        var list = listing(pages: 1)
        list.replace(7, now: World.now) { TableRow(id: $0, cells: ["changed"]) }
        #expect(list.table.notice.pulsing == [7])
        list.settle(World.now.advanced(by: .milliseconds(999)))
        #expect(list.table.notice.pulsing == [7])
        list.settle(World.now.advanced(by: .seconds(1)))
        #expect(list.table.notice.pulsing.isEmpty)
        #expect(list.pulseUntil == nil)
    }

    @Test func `a removed row leaves the selection in its place`() {
        var list = listing(pages: 1)
        list.table.select(5)
        list.remove(5)
        #expect(list.selected == 6)
    }

    @Test func `a page that fails can be asked for again`() {
        var list = listing(pages: 1)
        #expect(list.press(KeyEvent(.end), visible: 20) == .wants(.next))
        list.fail(DomainError(.timeout, .timeout, "Too slow."))
        #expect(list.press(KeyEvent(.end), visible: 20) == .wants(.next))
    }
}
