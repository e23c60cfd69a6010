/// A palette of named colours and the roles that refer to it.
public struct Theme: Sendable, Hashable {
    /// How one role looks, and how it looks without colours.
    public struct RoleStyle: Sendable, Hashable {
        /// The colour of the letters.
        public var foreground: Color

        /// The colour behind them.
        public var background: Color

        /// The traits beside the colours.
        public var attributes: Style.Attributes

        /// The traits on a terminal without colours.
        public var monochrome: Style.Attributes
    }

    /// The name by which an operator asks for it.
    public let name: String

    /// The look of every role.
    public let roles: [Role: RoleStyle]

    /// Makes the styles for a terminal; `NO_COLOR` is the depth `none`.
    public func styles(at depth: ColorDepth) -> StyleSheet {
        StyleSheet(roles.mapValues { $0.style(at: depth) })
    }
}

extension Theme.RoleStyle {
    /// The style at a depth.
    ///
    /// A bright colour of a terminal with eight is bold instead.
    func style(at depth: ColorDepth) -> Style {
        guard depth != .none else { return Style(attributes: monochrome) }
        var style = Style(
            foreground: foreground.index(at: depth),
            background: background.index(at: depth),
            attributes: attributes
        )
        if depth == .eight, case .ansi(8...15) = foreground { style.attributes.insert(.bold) }
        if let foreground = style.foreground, foreground == style.background {
            style = Style(attributes: monochrome)
        }
        return style
    }
}

extension ColorDepth {
    /// The depth that the environment allows: none when `NO_COLOR` is set to anything.
    public func respecting(_ environment: [String: String]) -> ColorDepth {
        environment["NO_COLOR"].map { $0.isEmpty ? self : .none } ?? self
    }
}
