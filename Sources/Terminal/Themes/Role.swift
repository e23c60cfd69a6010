/// What a piece of the screen means; a theme says how that looks.
public enum Role: String, Sendable, Hashable, CaseIterable {
    /// Ordinary text, and the background of everything.
    case text
    /// Text of less weight.
    case muted
    /// The title of a screen or a box.
    case title
    /// Where the operator is: the trail at the top.
    case breadcrumb
    /// Lines and borders.
    case border
    /// The border of what has the focus.
    case focusedBorder
    /// The row or item that is selected.
    case selection
    /// The selected row of a list without the focus.
    case inactiveSelection
    /// The head of a table.
    case header
    /// Something to notice.
    case accent
    /// All is well.
    case good
    /// Something needs attention.
    case warning
    /// Something destructive.
    case danger
    /// Something failed.
    case error
    /// The name of a key.
    case key
    /// The text beside a key.
    case keyHint
    /// An entry field.
    case input
    /// The entry field that has the focus.
    case focusedInput
    /// The hint inside an empty field.
    case placeholder
    /// A match of a search.
    case match
    /// The frame while writing is allowed.
    case readWrite
    /// A cell that has just changed.
    case pulse
    /// The used part of a bar.
    case barUsed
    /// The part that calls in flight hold.
    case barHeld
    /// The free part of a bar.
    case barFree
    /// The soft mark of a bar.
    case barSoft
    /// The hard mark of a bar.
    case barHard
    /// The columns and lines of a chart.
    case chart
    /// What a change added.
    case diffAdded
    /// What a change removed.
    case diffRemoved
    /// A toast that tells of a success.
    case toast
    /// A text of another language or a quotation, and links.
    case link
}
