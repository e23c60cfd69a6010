import Glibc
import Terminal
import Testing

@testable import Console
@testable import Ncurses

/// What a row down costs through ncurses, on every screen that has one.
@Suite(.serialized) struct RowMoveBudgetTests {
    /// What stands around a frame.
    private static let marks = 16

    // Where the page has a colour of its own, everything takes more.
    @Test(arguments: Scene.sizes, ["paper"])
    func `a row down fits in its budget in every list`(size: Size, theme: String) throws {
        setlocale(LC_CTYPE, "C.UTF-8")
        let screen = try CursesScreen(term: "xterm-256color", isUTF8: true, size: size)
        var moved: Set<ScreenKind> = []
        for scene in Scene.all {
            var ada = try scene.enter(size)
            guard ada.console.gate == nil, ada.console.overlay == nil, let kind = ada.kind,
                !moved.contains(kind)
            else { continue }
            try Self.wear(theme, &ada)
            try ada.press("g")
            ada.wait()
            for row in 1...3 {
                _ = screen.paint(ada.frame)
                let before = ada.frame
                try ada.press("j")
                guard ada.frame != before else { break }
                moved.insert(kind)
                let bytes = screen.paint(ada.frame)
                let cost = bytes.count + Self.marks
                let sent = String(decoding: bytes, as: UTF8.self).debugDescription
                #expect(cost <= 300, "\(scene.name), row \(row): \(sent)")
                // What a pane tells is drawn before the next key.
                ada.wait()
            }
        }
        let lists: Set<ScreenKind> = [
            .tenants, .keys, .roles, .jobs, .sessions, .calls, .members, .artifacts, .audit, .users,
        ]
        #expect(lists.subtracting(moved) == [])
    }

    private static func wear(_ theme: String, _ ada: inout Operator) throws {
        let themes = try Operator.themes()
        let chosen = try #require(themes.first { $0.name == theme })
        let index = ada.console.surroundings.themeIndex
        ada.console.surroundings.settings.themes[index].styles = chosen.styles
    }
}
