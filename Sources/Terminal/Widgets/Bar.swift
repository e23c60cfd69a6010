/// How much of a limit is used: used, held, free, with marks at the soft and the hard limit.
public struct Bar: Sendable, Hashable {
    /// What is used up.
    public var used: Int64

    /// What calls in flight hold beside it.
    public var held: Int64

    /// The mark from which a warning is given.
    public var soft: Int64?

    /// The mark at which nothing more is allowed; nil when there is no limit.
    public var hard: Int64?

    /// Makes a bar; negative amounts count as zero.
    public init(used: Int64, held: Int64 = 0, soft: Int64? = nil, hard: Int64?) {
        self.used = max(0, used)
        self.held = max(0, held)
        self.soft = soft
        self.hard = hard
    }

    /// The share in use, held amounts included: 1 and more at the limit, nil without one.
    public var share: Double? {
        guard let hard else { return nil }
        guard hard > 0 else { return used + held > 0 ? 1 : 0 }
        return (Double(used) + Double(held)) / Double(hard)
    }

    /// The share in per cent, or `no limit`.
    public var caption: SafeText {
        guard let share else { return "no limit" }
        return share > 9.99 ? ">999%" : SafeText("\(Int((share * 100).rounded(.down)))%")
    }

    /// The role that tells how near the limit is.
    public var role: Role {
        guard let share else { return .muted }
        if share >= 1 { return .error }
        if let soft, used + held >= soft { return .warning }
        return .barUsed
    }

    /// The caption with a sign for what the role says, for a screen without colours.
    var signedCaption: SafeText {
        let text = caption
        guard text.width < 5 else { return text }
        return switch role {
        case .error: "✗" + text
        case .warning: "!" + text
        default: text
        }
    }

    /// Draws the bar and its caption into one row.
    public func draw(into frame: inout Frame, in rect: Rect, styles: StyleSheet) {
        guard !rect.isEmpty else { return }
        let captionWidth = 5
        guard let hard, rect.width >= captionWidth + 4 else {
            frame.write(signedCaption, in: rect.row(0), style: styles[role], alignment: .trailing)
            return
        }
        let length = rect.width - captionWidth
        func cells(_ amount: Double) -> Int {
            guard hard > 0 else { return amount > 0 ? length : 0 }
            let share = min(amount / Double(hard), 1)
            return amount > 0 ? max(1, Int(share * Double(length))) : 0
        }
        let usedCells = cells(Double(used))
        let heldCells = max(usedCells, cells(Double(used) + Double(held)))
        let softCell = soft.flatMap { $0 < hard ? cells(Double($0)) : nil }
        for index in 0..<length {
            let (scalar, role): (Unicode.Scalar, Role) =
                if index == softCell, index >= heldCells {
                    ("┊", .barSoft)
                } else if index < usedCells {
                    ("█", self.role)
                } else if index < heldCells {
                    ("▒", .barHeld)
                } else if index == length - 1 {
                    ("▏", .barHard)
                } else {
                    (" ", .barFree)
                }
            let cell = Rect(x: rect.x + index, y: rect.y, width: 1, height: 1)
            frame.fill(cell, style: styles[role], with: scalar)
        }
        let place = Rect(x: rect.x + length, y: rect.y, width: captionWidth, height: 1)
        frame.write(signedCaption, in: place, style: styles[role], alignment: .trailing)
    }
}
