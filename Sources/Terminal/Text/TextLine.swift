/// A line of a longer text as it is drawn: its pieces, and how it goes on from the line above.
public struct TextLine: Sendable {
    /// A part of the line in the style of a role.
    public typealias Piece = (text: SafeText, role: Role)

    /// How a line follows the one above.
    public enum Joint: Sendable, Hashable {
        /// It begins anew.
        case none
        /// It goes on behind a space that the break took.
        case space
        /// It goes on within a word.
        case word
    }

    /// The parts, from its beginning.
    public var pieces: [Piece]

    /// How many of them are no text: a sign before the line, or room.
    public var lead: Int

    /// How it follows the line above.
    public var joint: Joint

    /// Makes a line.
    public init(_ pieces: [Piece], lead: Int = 0, joint: Joint = .none) {
        self.pieces = pieces
        self.lead = lead
        self.joint = joint
    }

    /// Makes a line of one piece.
    public init(_ text: SafeText, _ role: Role = .text, joint: Joint = .none) {
        self.init([(text, role)], joint: joint)
    }

    /// What stands there, as one string.
    public var string: String { pieces.map(\.text.string).joined() }

    /// The lines that a text breaks into, each behind the same lead.
    public static func broken(
        _ text: SafeText,
        to columns: Int,
        role: Role,
        lead: Piece? = nil
    ) -> [TextLine] {
        text.broken(to: columns).map { part in
            TextLine(
                (lead.map { [$0] } ?? []) + [(part.text, role)],
                lead: lead == nil ? 0 : 1,
                joint: part.joint
            )
        }
    }

    /// The line in the words that a frame shows.
    public func said(by frame: Frame) -> TextLine {
        guard frame.tongue.phrasebook != nil else { return self }
        return TextLine(
            pieces.map { (frame.phrase($0.text), $0.role) },
            lead: lead,
            joint: joint
        )
    }
}
