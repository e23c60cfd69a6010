import Foundation
import Support
import Terminal
import Testing
import Themes

@testable import Console

/// Every scene in three sizes, in English and Arabic, in colour and without, as text in Screens/.
struct SceneTests {
    /// The base theme where there is no colour.
    private static let gray: Result<StyleSheet, any Error> = Result {
        let base = try #require(Themes.all.first)
        return try Theme(yaml: base.1, file: base.0).styles(at: .none)
    }

    @Test(arguments: Scene.all)
    func `a scene looks as recorded in every size and language, with and without colour`(
        scene: Scene
    ) throws {
        var sheet = RecordedSheet()
        for size in Scene.sizes {
            let entered = try scene.enter(size)
            for language in Language.allCases {
                let name = "\(size.columns)x\(size.rows) \(language.rawValue)"
                let ways = try Self.ways(of: entered, in: language)
                let isSame = sheet.add(name, ways)
                #expect(isSame, "\(name): colour changes more than colours")
            }
        }
        #expect(try sheet.difference(named: scene.name) == nil)
    }

    private static func ways(
        of shown: Operator,
        in language: Language
    ) throws -> [(name: String, frame: Frame, styles: StyleSheet)] {
        var shown = shown
        shown.console.surroundings.settings.tongue = language.tongue(.joined)
        let frame = shown.frame
        let styles = shown.console.surroundings.styles
        let index = shown.console.surroundings.themeIndex
        let gray = try gray.get()
        shown.console.surroundings.settings.themes[index].styles = gray
        return [("colour", frame, styles), ("monochrome", shown.frame, gray)]
    }

    @Test func `every kind of screen is in the table`() throws {
        let kinds = try Scene.all.compactMap { try $0.enter(Scene.sizes[0]).kind }
        #expect(Set(ScreenKind.allCases).subtracting(kinds) == [])
    }

    @Test func `every kind of what lies over a screen is in the table`() throws {
        let found = try Scene.all.compactMap { scene -> String? in
            let console = try scene.enter(Scene.sizes[0]).console
            if console.gate != nil { return "gate" }
            return console.overlay.flatMap { Mirror(reflecting: $0).children.first?.label }
        }
        let wanted: Set = [
            "gate", "form", "dialog", "help", "command", "filter", "find", "bulk", "themes",
            "columns",
        ]
        #expect(Set(found) == wanted)
    }

    @Test func `no file is left of a scene that is gone, and no two have one name`() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Screens")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        let names = Scene.all.map { "\($0.name).txt" }
        let others = ["small-40x12.txt", "small-20x5.txt", "paper.txt"]
        #expect(Set(names).count == names.count)
        #expect(Set(files) == Set(names + others))
    }
}
