/// A theme at one colour depth: a style for every role, ready to draw with.
public struct StyleSheet: Sendable, Hashable {
    private let styles: [Role: Style]

    /// Makes a sheet; a role that is missing is plain.
    init(_ styles: [Role: Style]) { self.styles = styles }

    /// A sheet without colours, for terminals and tests that have no theme.
    public static let monochrome = StyleSheet([
        .title: Style(attributes: .bold), .header: Style(attributes: .underline),
        .selection: Style(attributes: .reverse), .key: Style(attributes: .bold),
        .danger: Style(attributes: [.bold, .reverse]), .error: Style(attributes: .bold),
        .warning: Style(attributes: .bold), .readWrite: Style(attributes: .reverse),
        .focusedInput: Style(attributes: .underline), .barUsed: Style(attributes: .reverse),
    ])

    /// The style of a role.
    public subscript(role: Role) -> Style { styles[role] ?? .plain }
}
