import Domain
import Terminal
import Testing

@testable import Console

/// What the line below a list says of its rows.
struct ListNumbersTests {
    @Test(arguments: [
        (0, false, "0 members"), (1, false, "1 member"), (1_200, false, "1,200 members"),
        (100, true, "100 members loaded, there are more"),
    ])
    func `a count says when there are more`(known: Int, hasMore: Bool, words: String) {
        #expect(ListNumbers(known: known, hasMore: hasMore).count("member") == words)
    }

    @Test(arguments: [
        (1, 1, ""), (2, 1, "1 of "), (12, 3, " 3 of "), (12, 12, "12 of "), (1_200, 7, "    7 of "),
    ])
    func `a position has as many places as the count`(known: Int, selected: Int, words: String) {
        #expect(ListNumbers(known: known, hasMore: false).position(of: selected) == words)
    }

    @Test func `nothing is counted before the first page has come`() {
        var list = Listing<Int, Int>(columns: [])
        #expect(list.count("row").isEmpty && list.position.isEmpty)
        let page = Page(items: Array(0..<12), next: nil, hasPrevious: false)
        list.take(page, at: .first, now: World.now) { TableRow(id: $0, cells: []) }
        list.table.select(2)
        #expect(list.position + list.count("row") == " 3 of 12 rows")
    }
}
