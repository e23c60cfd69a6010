import Foundation
import Testing
import Themes

@testable import Terminal

/// What the themes promise to eyes: contrast, and meanings that stay apart.
struct ThemeSightTests {
    static let names = Themes.all.map(\.name)
    static let safe = ["ocean", "heron"]
    /// Roles that tell apart what is well, what needs attention and what failed.
    static let meanings: [[Role]] = [
        [.good, .warning, .error], [.barUsed, .barSoft, .barHard], [.diffAdded, .diffRemoved],
    ]

    private func theme(_ name: String) throws -> Theme {
        try Theme(yaml: #require(Themes.yaml(named: name)), file: "\(name).yaml")
    }

    private func background(_ name: String) throws -> Color {
        try #require(theme(name).roles[.text]?.background)
    }

    @Test func `eight themes come along, two of them light and one without colours`() throws {
        #expect(
            Self.names == [
                "ghost", "paper", "midnight", "sepia", "ocean", "heron", "contrast", "mono",
            ]
        )
        let light = try Self.names.filter { try background($0).isLight == true }
        #expect(light == ["paper", "sepia", "heron"])
        for (role, look) in try theme("mono").roles {
            #expect(look.foreground == .terminal && look.background == .terminal, "\(role)")
            #expect(look.attributes == look.monochrome, "\(role)")
        }
    }

    @Test(arguments: names)
    func `every role names both of its colours, or leaves them to the terminal`(
        name: String
    )
        throws
    {
        for (role, look) in try theme(name).roles {
            let isKnown = Contrast.ratio(look.foreground, look.background) != nil
            let isOwn = look.background == .terminal && !look.foreground.isRGB
            #expect(isKnown || isOwn, "\(name) \(role)")
        }
    }

    @Test(arguments: names)
    func `the contrast holds in the colours that a terminal of 256 shows`(name: String) throws {
        for (role, look) in try theme(name).roles {
            guard look.foreground.isRGB, let front = look.foreground.index(at: .full),
                let back = look.background.index(at: .full)
            else { continue }
            let ratio = try #require(Contrast.ratio(.shown(front), .shown(back)))
            #expect(ratio >= (name == "contrast" ? 7 : 4.5), "\(name) \(role) has \(ratio)")
        }
    }

    @Test func `the theme of high contrast has 7 to 1 everywhere`() throws {
        for (role, look) in try theme("contrast").roles {
            let ratio = try #require(Contrast.ratio(look.foreground, look.background))
            #expect(ratio >= 7, "\(role) has \(ratio)")
        }
    }

    @Test(arguments: safe, Sight.allCases)
    func `meanings stay apart for eyes that do not tell red from green`(
        name: String,
        sight: Sight
    ) throws {
        let roles = try theme(name).roles
        for group in Self.meanings {
            for (index, first) in group.enumerated() {
                for second in group.dropFirst(index + 1) {
                    let a = try #require(roles[first]?.foreground)
                    let b = try #require(roles[second]?.foreground)
                    let distance = try #require(sight.distance(a, b))
                    #expect(distance >= 25, "\(first) and \(second): \(distance)")
                }
            }
        }
    }

    @Test func `the measure finds colours that such eyes mix up`() throws {
        let green = try #require(Color(parsing: "#5f875f"))
        let red = try #require(Color(parsing: "#af5f5f"))
        let usual = try #require(Sight.usual.distance(green, red))
        let mixedUp = try #require(Sight.deuteranopia.distance(green, red))
        #expect(usual > 40)
        #expect(mixedUp < 25)
    }
}

/// How colours look to different eyes (Machado, Oliveira and Fernandes 2009, full severity).
enum Sight: CaseIterable {
    case usual
    case protanopia
    case deuteranopia

    private var matrix: [[Double]] {
        switch self {
        case .usual: [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
        case .protanopia:
            [
                [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
                [-0.003882, -0.048116, 1.051998],
            ]
        case .deuteranopia:
            [
                [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
                [-0.011820, 0.042940, 0.968881],
            ]
        }
    }

    /// The distance in CIELAB, where 2.3 is just noticeable; nil for the terminal's own colours.
    func distance(_ first: Color, _ second: Color) -> Double? {
        guard let a = lab(first), let b = lab(second) else { return nil }
        return zip(a, b).map { ($0 - $1) * ($0 - $1) }.reduce(0, +).squareRoot()
    }

    private func lab(_ color: Color) -> [Double]? {
        guard case .rgb(let red, let green, let blue) = color else { return nil }
        let light = [red, green, blue].map { channel -> Double in
            let value = Double(channel) / 255
            return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        }
        let seen = matrix.map { row in
            min(1, max(0, zip(row, light).map { $0 * $1 }.reduce(0, +)))
        }
        let space = [
            [0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505],
        ]
        let white = [0.95047, 1, 1.08883]
        let roots = zip(space, white).map { row, white -> Double in
            let value = zip(row, seen).map { $0 * $1 }.reduce(0, +) / white
            return value > 0.008856 ? cbrt(value) : 7.787 * value + 16.0 / 116
        }
        return [
            116 * roots[1] - 16, 500 * (roots[0] - roots[1]), 200 * (roots[1] - roots[2]),
        ]
    }
}

extension Color {
    fileprivate var isRGB: Bool {
        if case .rgb = self { return true }
        return false
    }

    /// The colour behind a number of the palette.
    fileprivate static func shown(_ index: UInt8) -> Color {
        let color = xterm(Int(index))
        return .rgb(
            red: UInt8(color.red),
            green: UInt8(color.green),
            blue: UInt8(color.blue)
        )
    }
}
