import Terminal
import Testing

struct WidgetTests {
    private func lines(
        _ columns: Int,
        _ rows: Int,
        _ draw: (inout Frame) -> Void
    ) -> [String] {
        var frame = Frame(size: Size(columns: columns, rows: rows))
        draw(&frame)
        return FrameText(frame).lines
    }

    @Test func `a picker narrows and keeps its choice`() {
        var picker = Picker<Int>(
            title: "Go to",
            items: [
                .init(id: 1, title: "tenants"), .init(id: 2, title: "audit"),
                .init(id: 3, title: "artifacts"),
            ]
        )
        _ = picker.handle(KeyEvent(.down))
        #expect(picker.selected?.id == 2)
        _ = picker.handle(KeyEvent(.character("a")))
        _ = picker.handle(KeyEvent(.character("f")))
        #expect(picker.matches.map(\.id) == [3])
        #expect(picker.handle(KeyEvent(.enter)) == .picked(3))
        _ = picker.handle(KeyEvent(.character("!")))
        #expect(picker.handle(KeyEvent(.enter)) == .entered("af!"))
    }

    @Test func `a match at word starts is better`() throws {
        let good = try #require(FuzzyMatch("ac", in: "acme charity"))
        let poor = try #require(FuzzyMatch("ac", in: "databack"))
        #expect(good.score > poor.score)
        #expect(FuzzyMatch("ca", in: "ac") == nil)
        #expect(FuzzyMatch("", in: "x")?.positions == [])
    }

    @Test(arguments: [
        (Bar(used: 50, hard: 100), "█████    ▏  50%"), (Bar(used: 0, hard: 100), "         ▏   0%"),
        (Bar(used: 30, held: 20, soft: 80, hard: 100), "███▒▒   ┊▏  50%"),
        (Bar(used: 200, hard: 100), "██████████✗200%"),
        (Bar(used: 5, hard: nil), "       no limit"),
        (Bar(used: 5, hard: 0), "██████████✗100%"),
    ])
    func `a bar shows used, held, soft and hard`(bar: Bar, shown: String) {
        let drawn = lines(15, 1) { bar.draw(into: &$0, in: $0.bounds, styles: .monochrome) }
        #expect(drawn == [shown])
    }

    @Test func `a bar tells how near the limit is`() {
        #expect(Bar(used: 5, soft: 8, hard: 10).role == .barUsed)
        #expect(Bar(used: 5, held: 3, soft: 8, hard: 10).role == .warning)
        #expect(Bar(used: .max, held: 1, hard: .max).role == .error)
    }

    @Test func `a sparkline shows the newest values`() {
        let line = Sparkline([100, 0, 1, 4, 8, .nan], maximum: 8)
        let drawn = lines(5, 1) { line.draw(into: &$0, in: $0.bounds, styles: .monochrome) }
        #expect(drawn == [" ▁▄█"])
    }

    @Test func `a bar chart is scaled to the largest`() {
        let chart = BarChart([
            .init(label: "gpt", value: 10, caption: "10"),
            .init(label: "a", value: 5, caption: "5"),
        ])
        let drawn = lines(15, 2) { chart.draw(into: &$0, in: $0.bounds, styles: .monochrome) }
        #expect(drawn == ["gpt ████████ 10", "a   ████      5"])
    }

    @Test func `a diff shows before and after`() {
        let diff = DiffView([
            .init(field: "status", before: "active", after: "suspended"),
            .init(field: "reason", before: nil, after: "unpaid"),
        ])
        let drawn = lines(20, 6) { diff.draw(into: &$0, in: $0.bounds, styles: .monochrome) }
        #expect(drawn == ["status", "- active", "+ suspended", "reason", "+ unpaid", ""])
    }

    @Test func `a paragraph wraps, scrolls and tells what is below`() {
        var text = Paragraph(document: "one two three\nfour\nfive\nsix")
        let size = Size(columns: 20, rows: 2)
        func drawn() -> [String] {
            lines(20, 2) { text.draw(into: &$0, in: $0.bounds, styles: .monochrome) }
        }
        #expect(drawn() == ["one two three", "four       2 more ↓"])
        text.move(.bottom, in: size)
        #expect(drawn() == ["five", "six"])
        text.move(.up, in: size)
        #expect(drawn()[0] == "four")
    }

    @Test func `help says why something is disabled`() {
        let help = HelpOverlay([
            .init(
                title: "Tenants",
                entries: [
                    .init(keys: "⏎", text: "open"),
                    .init(keys: "s", text: "suspend", disabledReason: "read-only"),
                ]
            )
        ])
        let drawn = lines(40, 8) { help.draw(into: &$0, in: $0.bounds, styles: .monochrome) }
        #expect(drawn.contains { $0.contains("s  suspend (read-only)") })
        #expect(drawn.contains { $0.contains("⏎  open") })
    }

    @Test func `a status line drops what does not fit`() {
        let line = StatusLine(
            hints: [.init(key: "/", text: "filter"), .init(key: "?", text: "help")],
            trailing: "12 ms"
        )
        func drawn(_ width: Int) -> [String] {
            lines(width, 1) { line.draw(into: &$0, in: $0.bounds, styles: .monochrome) }
        }
        #expect(drawn(30) == [" / filter  ? help        12 ms"])
        #expect(drawn(20) == [" / filter      12 ms"])
    }

    @Test func `a toast tells its kind without colours`() {
        let toast = Toast(.failure, "No tenant named \"x\" exists.", hint: "Did you mean y?")
        let drawn = lines(60, 1) { toast.draw(into: &$0, in: $0.bounds, styles: .monochrome) }
        #expect(drawn == [" ✗ No tenant named \"x\" exists.  Did you mean y?"])
    }

    @Test func `a spinner is silent at first and then counts`() {
        #expect(Spinner(elapsed: .milliseconds(149)).text == "")
        #expect(Spinner(elapsed: .milliseconds(1_250)).text == "- 1.2 s")
        #expect(Spinner(elapsed: .milliseconds(1_250), moves: false).text == "… 1.2 s")
    }

    @Test func `a breadcrumb gives way where it matters least`() {
        let crumb = Breadcrumb(
            ["App", "Acme", "Artifacts"],
            remarks: [.init("ada"), .init("READ-ONLY", role: .accent)]
        )
        func drawn(_ width: Int) -> [String] {
            lines(width, 1) { crumb.draw(into: &$0, in: $0.bounds, styles: .monochrome) }
        }
        #expect(drawn(50) == [" App ▸ Acme ▸ Artifacts           ada · READ-ONLY"])
        #expect(drawn(36) == [" App ▸ Acme ▸ Artifacts   READ-ONLY"])
        #expect(drawn(20) == [" Acme ▸ Artifacts"])
        #expect(drawn(6) == [" Art…"])
    }

    @Test func `tabs go round`() {
        var tabs = Tabs(["one", "two"])
        tabs.move(by: -1)
        #expect(tabs.selected == 1)
        tabs.move(by: 1)
        #expect(tabs.selected == 0)
        var none = Tabs([])
        none.move(by: 1)
        #expect(none.selected == 0)
    }

    @Test(arguments: [(0, 0), (1, 1), (5, 2), (20, 5)])
    func `every widget fits in any place`(columns: Int, rows: Int) {
        var frame = Frame(size: Size(columns: columns, rows: rows))
        let all = frame.bounds
        Picker<Int>(title: "p", items: []).draw(into: &frame, in: all, styles: .monochrome)
        Dialog(
            title: "d",
            lines: ["some words"],
            verb: "Go",
            demand: Dialog.Demand(word: "w", needsReason: true)
        ).draw(into: &frame, in: all, styles: .monochrome)
        HelpOverlay([.init(title: "t", entries: [.init(keys: "k", text: "t")])])
            .draw(into: &frame, in: all, styles: .monochrome)
        DiffView([.init(field: "f", before: "a", after: "b")])
            .draw(into: &frame, in: all, styles: .monochrome)
        Sparkline([1, 2]).draw(into: &frame, in: all, styles: .monochrome)
        BarChart([.init(label: "l", value: 1, caption: "c")])
            .draw(into: &frame, in: all, styles: .monochrome)
        Breadcrumb(["a", "b"]).draw(into: &frame, in: all, styles: .monochrome)
        StatusLine(hints: [.init(key: "k", text: "t")]).draw(
            into: &frame,
            in: all,
            styles: .monochrome
        )
        TextField("text").draw(into: &frame, in: all, styles: .monochrome)
        #expect(frame.cells.count == columns * rows)
    }
}
