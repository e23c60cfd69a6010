import Domain
import Terminal
import Testing

@testable import Console

/// Marks: by primary key, through reloads and orders, and gone with their rows.
struct MarkTests {
    private func row(_ number: Int) -> TableRow<Int> {
        TableRow(id: number, cells: [.text(SafeText("\(number)"))])
    }

    private func list(_ numbers: [Int], more: Bool = false) -> Listing<Int, Int> {
        var list = Listing<Int, Int>(
            columns: [TableColumn(id: "n", title: "N", span: .flexible())])
        list.take(page(numbers, more: more), at: .first, now: World.now, render: row)
        return list
    }

    private func page(_ numbers: [Int], more: Bool) -> Page<Int> {
        Page(
            items: numbers,
            next: more ? PagePosition(["\(numbers.last ?? 0)"]) : nil,
            hasPrevious: false
        )
    }

    @Test func `a mark is set and taken away`() {
        var list = list([1, 2, 3])
        list.table.select(2)
        list.toggleMark()
        #expect(list.table.marks == [2])
        list.toggleMark()
        #expect(list.table.marks.isEmpty)
    }

    @Test func `a range reaches from the last mark to here, in both directions`() {
        var list = list([1, 2, 3, 4, 5, 6])
        list.table.select(4)
        list.toggleMark()
        list.table.select(2)
        list.markRange()
        #expect(list.marked.map(\.id) == [2, 3, 4])
        list.table.select(6)
        list.markRange()
        // The range before ended at 2.
        #expect(list.marked.map(\.id) == [2, 3, 4, 5, 6])
    }

    @Test func `a range without a mark is the selected row`() {
        var list = list([1, 2, 3])
        list.table.select(3)
        list.markRange()
        #expect(list.marked.map(\.id) == [3])
    }

    @Test func `the others are marked instead`() {
        var list = list([1, 2, 3, 4])
        list.table.select(2)
        list.toggleMark()
        list.invertMarks()
        #expect(list.marked.map(\.id) == [1, 3, 4])
    }

    @Test func `marks survive a reload and another order, and follow the key`() {
        var list = list([1, 2, 3])
        list.table.select(2)
        list.toggleMark()
        list.take(page([3, 2, 1], more: false), at: .first, now: World.now, render: row)
        #expect(list.marked.map(\.id) == [2])
        list.restart()
        #expect(list.marked.map(\.id) == [2])
        list.take(page([2, 3], more: false), at: .first, now: World.now, render: row)
        #expect(list.table.marks == [2])
    }

    @Test func `a mark goes when its row goes, and not while its row may be further down`() {
        var list = list([1, 2, 3])
        for id in [1, 2, 3] {
            list.table.select(id)
            list.toggleMark()
        }
        list.take(page([1], more: true), at: .first, now: World.now, render: row)
        #expect(list.marked.map(\.id) == [1, 2, 3])
        list.remove(2)
        #expect(list.marked.map(\.id) == [1, 3])
        list.take(page([1], more: false), at: .first, now: World.now, render: row)
        #expect(list.marked.map(\.id) == [1])
    }

    @Test func `another filter takes the marks away`() {
        var list = list([1, 2])
        list.toggleMark()
        list.clear()
        #expect(list.marks.count == 0)
    }

    @Test func `the keys mark, and the footer counts`() throws {
        var ada = try PlanTests.on(.members)
        try ada.press("space", "space")
        #expect(ada.lines.last?.contains("2 marked") == true)
        #expect(ada.lines.contains { $0.contains("●Omar") || $0.contains("● Omar") })
        try ada.press("~")
        #expect(ada.console.markCount == World.members.count - 2)
        let before = ada.kind
        try ada.press("esc")
        #expect(ada.console.markCount == 0)
        #expect(ada.kind == before)
    }
}
