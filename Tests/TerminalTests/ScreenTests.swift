import Support
import Terminal
import Testing
import Themes

/// Widgets together, as text files in Screens/.
struct ScreenTests {
    private func styles(_ theme: String) throws -> StyleSheet {
        let yaml = try #require(Themes.yaml(named: theme))
        return try Theme(yaml: yaml, file: theme).styles(at: .full)
    }

    private var table: Table<Int> {
        var table = Table<Int>(
            columns: [
                TableColumn(id: "name", title: "NAME", span: .flexible(minimum: 18, weight: 2)),
                TableColumn(id: "ai", title: "AI USE", span: .fixed(16), foldOrder: 1),
                TableColumn(id: "tags", title: "TAGS", span: .flexible(minimum: 12), foldOrder: 2),
                TableColumn(
                    id: "members",
                    title: "MEMBERS",
                    span: .fixed(7),
                    alignment: .trailing,
                    foldOrder: 3
                ),
            ],
            sort: TableSort(column: "name")
        )
        let names = [
            "Zakat guide 2026", "دليل المتبرع", "日本語のガイド", "👨‍👩‍👧‍👦 family day", "❤️ donors",
            "evil \u{1B}[31m \u{202E}txt", "naïve café",
        ]
        table.replace(
            names.enumerated().map { index, name in
                let bar = Bar(used: Int64(index * 19), held: 10, soft: 80, hard: 100)
                return TableRow(
                    id: index,
                    cells: [
                        .text(SafeText(name)), .bar(bar), .text("zakat, guide", .muted),
                        .text(SafeText("\(index * 7)")),
                    ]
                )
            }
        )
        table.select(1)
        return table
    }

    private func frame(_ size: Size, _ styles: StyleSheet) -> Frame {
        var frame = Frame(size: size)
        frame.fill(frame.bounds, style: styles[.text])
        let rows = frame.bounds.rows(.fixed(1), .fixed(1), .flexible(), .fixed(1))
        Breadcrumb(
            ["Home", "Acme Charity", "Artifacts"],
            remarks: [.init("ada", role: .muted), .init("READ-ONLY", role: .accent)]
        ).draw(into: &frame, in: rows[0], styles: styles)
        frame.horizontalLine(
            x: 0,
            y: rows[1].y,
            length: size.columns,
            style: styles[.border]
        )
        table.draw(into: &frame, in: rows[2], styles: styles)
        StatusLine(
            hints: [.init(key: "/", text: "filter"), .init(key: "⏎", text: "open")],
            trailing: "12 ms"
        ).draw(into: &frame, in: rows[3], styles: styles)
        return frame
    }

    @Test(arguments: Themes.all.map(\.name), [(80, 24), (40, 12), (20, 5)])
    func `a list looks as recorded`(theme: String, size: (columns: Int, rows: Int)) throws {
        let styles = try styles(theme)
        let frame = frame(Size(columns: size.columns, rows: size.rows), styles)
        let name = "list-\(theme)-\(size.columns)x\(size.rows)"
        #expect(try RecordedScreen.difference(of: frame, named: name, styles: styles) == nil)
    }

    @Test func `a dangerous dialog over a list looks as recorded`() throws {
        let styles = try styles("ghost")
        var frame = frame(Size(columns: 80, rows: 24), styles)
        Dialog(
            title: "Suspend Acme Charity",
            lines: ["12 members lose access; 340 artifacts stay.", "Resume undoes it."],
            verb: "Suspend",
            isDangerous: true,
            demand: Dialog.Demand(word: "acme", needsReason: true)
        ).draw(into: &frame, in: frame.bounds, styles: styles)
        #expect(try RecordedScreen.difference(of: frame, named: "dialog", styles: styles) == nil)
    }

    @Test func `a form with an error looks as recorded`() throws {
        let styles = try styles("ghost")
        var frame = Frame(size: Size(columns: 60, rows: 14))
        var form = Form([
            FormField(id: "slug", label: "Slug", content: .text(TextField("acme"))),
            FormField(
                id: "plan",
                label: "Plan",
                content: .choice([.init("free"), .init("pro")], selected: 1)
            ),
            FormField(id: "demo", label: "Demo data", content: .toggle(true)),
            FormField(id: "note", label: "Note", content: .note(TextArea("one\ntwo"))),
        ])
        form.show(errors: ["slug": "is taken"], overall: "The tenant was not made.")
        form.draw(into: &frame, in: frame.bounds.inset(), styles: styles)
        #expect(try RecordedScreen.difference(of: frame, named: "form", styles: styles) == nil)
    }
}
