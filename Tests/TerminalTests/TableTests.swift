import Terminal
import Testing

struct TableTests {
    private func rows(_ ids: some Sequence<Int>) -> [TableRow<Int>] {
        ids.map { TableRow(id: $0, cells: [.text("row \($0)")]) }
    }

    private func table(_ ids: some Sequence<Int>) -> Table<Int> {
        var table = Table<Int>(columns: [
            TableColumn(id: "name", title: "NAME", span: .flexible(minimum: 5))
        ])
        table.replace(rows(ids))
        return table
    }

    private func screen(_ table: Table<Int>, rows: Int = 5) -> [String] {
        var frame = Frame(size: Size(columns: 20, rows: rows))
        table.draw(into: &frame, in: frame.bounds, styles: .monochrome)
        return FrameText(frame).lines
    }

    @Test func `the selection follows the primary key`() {
        var table = table(1...5)
        table.select(3)
        table.replace(rows([9, 8, 3, 2, 1]))
        #expect(table.selection == 3)
        table.replace(rows([9, 8, 7]))
        #expect(table.selection == 7)
        table.replace([])
        #expect(table.selection == nil)
    }

    @Test func `moving stops at the ends and scrolls`() {
        var table = table(1...10)
        #expect(table.move(.up, visible: 4) == nil)
        #expect(table.selection == 1)
        for _ in 0..<5 { _ = table.move(.down, visible: 4) }
        #expect(screen(table) == [" NAME", " row 3", " row 4", " row 5", "▌row 6"])
        _ = table.move(.up, visible: 4)
        #expect(screen(table) == [" NAME", " row 3", " row 4", "▌row 5", " row 6"])
        _ = table.move(.bottom, visible: 4)
        #expect(table.selection == 10)
    }

    /// What the line of the selected row is drawn in, column by column.
    private func band(_ cells: [TableCell], width: Int) -> String {
        var table = Table<Int>(
            columns: cells.indices.map {
                TableColumn(id: "\($0)", title: "", span: .fixed(40))
            }
        )
        table.replace([
            TableRow(id: 1, cells: cells.map { _ in "a" }), TableRow(id: 2, cells: cells),
        ])
        var frame = Frame(size: Size(columns: width, rows: 3))
        table.draw(into: &frame, in: frame.bounds, styles: .monochrome)
        return String(frame.row(1).map { $0.style.attributes.contains(.reverse) ? "x" : "." })
    }

    @Test func `the band of the selected row is as long as the dearest row can be sent for`() {
        let short = Array(repeating: TableCell.text("short"), count: 3)
        #expect(band(short, width: 130) == String(repeating: "x", count: 130))
        let long = TableCell.text(SafeText(String(repeating: "long ", count: 8)))
        #expect(
            band([long, long, long], width: 130)
                == String(repeating: "x", count: 83) + String(repeating: ".", count: 47)
        )
        let arabic = TableCell.text(SafeText(String(repeating: "دليل ", count: 8)))
        #expect(
            band([arabic, arabic, arabic], width: 130)
                == String(repeating: "x", count: 41) + String(repeating: ".", count: 89)
        )
    }

    @Test func `the selected row stays visible when the screen shrinks`() {
        var table = table(1...10)
        for _ in 0..<7 { _ = table.move(.down, visible: 9) }
        #expect(screen(table, rows: 3) == [" NAME", " row 7", "▌row 8"])
    }

    @Test func `a page is asked for once near the edge`() {
        var table = table([])
        table.replace(rows(1...10), hasAfter: true)
        #expect(table.move(.bottom, visible: 4) == .lastPage)
        table.stopLoading()
        #expect(table.move(.down, visible: 4) == .pageAfter(10))
        #expect(table.move(.down, visible: 4) == nil)
        table.append(rows(11...20), hasAfter: false)
        #expect(table.move(.down, visible: 4) == nil)
        #expect(table.selection == 11)
    }

    @Test func `a long way keeps the window bounded`() {
        var table = table([])
        table.replace(rows(0..<100), hasAfter: true)
        for page in 1..<100 {
            _ = table.move(.bottom, visible: 20)
            table.append(rows(page * 100..<page * 100 + 100), hasAfter: true)
        }
        #expect(table.rows.count <= Table<Int>.capacity + 100)
        #expect(table.edges.hasBefore)
        #expect(table.selection == 9_899)
        #expect(table.move(.top, visible: 20) == .firstPage)
    }

    @Test func `rows prepended do not move the list`() {
        var table = table([])
        table.replace(rows(50..<60), hasBefore: true)
        let before = screen(table)
        #expect(table.move(.up, visible: 4) == .pageBefore(50))
        table.prepend(rows(40..<50), hasBefore: true)
        #expect(screen(table) == before)
    }

    @Test func `new rows are announced, not inserted`() {
        var table = table(1...3)
        table.announce(12)
        #expect(screen(table)[0].hasSuffix("12 new ↑"))
        _ = table.move(.top, visible: 4)
        #expect(screen(table)[0] == " NAME")
    }

    @Test func `columns fold away in their order`() {
        var table = Table<Int>(columns: [
            TableColumn(id: "a", title: "A", span: .flexible(minimum: 8)),
            TableColumn(id: "b", title: "B", span: .fixed(6), foldOrder: 1),
            TableColumn(id: "c", title: "C", span: .fixed(6), foldOrder: 2),
        ])
        table.replace([TableRow(id: 1, cells: ["one", "two", "three"])])
        func head(_ width: Int) -> String {
            var frame = Frame(size: Size(columns: width, rows: 2))
            table.draw(into: &frame, in: frame.bounds, styles: .monochrome)
            return FrameText(frame).lines[0].filter { $0 != " " }
        }
        #expect(head(30) == "ABC")
        #expect(head(22) == "AB")
        #expect(head(12) == "A")
    }

    @Test func `the sort mark and the empty text are shown`() {
        var table = table([])
        table.sort = TableSort(column: "name", isAscending: false)
        table.notice.emptyText = "no tenants"
        #expect(screen(table, rows: 2) == [" NAME ▾", " no tenants"])
    }

    @Test func `a changed row pulses`() {
        var table = table(1...3)
        table.update(TableRow(id: 2, cells: ["changed"]))
        #expect(table.notice.pulsing == [2])
        table.update(TableRow(id: 2, cells: ["changed"]))
        #expect(table.rows[1].cells == ["changed"])
    }

    @Test func `enter opens the selected row`() {
        var table = table(1...3)
        #expect(table.handle(KeyEvent(.enter), visible: 3) == .open(1))
        #expect(table.handle(KeyEvent(.character("G")), visible: 3) == nil)
        #expect(table.selection == 3)
    }
}
