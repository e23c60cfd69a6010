import Domain
import Terminal
import Testing

@testable import Console

/// A screen with what lies over it, and how one comes there.
///
/// `SceneTests` records each in every size, language and way of colouring; whatever is in the table
/// is recorded, and a kind of screen that is not in it fails there.
struct Scene: CustomTestStringConvertible, Sendable {
    /// The name of its file in Screens/.
    let name: String
    /// Goes there in a terminal of a size.
    let enter: @Sendable (Size) throws -> Operator

    init(_ name: String, _ enter: @escaping @Sendable (Size) throws -> Operator) {
        self.name = name
        self.enter = enter
    }

    var testDescription: String { name }

    static var all: [Scene] { platform + people + tenant + ai + states + overlays + bulk }

    static let sizes = [
        Size(columns: 80, rows: 24), Size(columns: 120, rows: 40), Size(columns: 200, rows: 60),
    ]
}

extension Scene {
    static func signedIn(_ size: Size) throws -> Operator {
        var ada = try Operator(size: size)
        try ada.signIn()
        return ada
    }

    static func atTenants(_ size: Size, writes: Bool = false) throws -> Operator {
        var ada = try signedIn(size)
        if writes { ada.elevate() }
        try ada.go("T")
        return ada
    }

    static func inAcme(_ size: Size, _ mode: AccessMode = .readOnly) throws -> Operator {
        var ada = try signedIn(size)
        try ada.enterAcme(mode)
        ada.clearToasts()
        return ada
    }

    /// Omar, an owner of Acme.
    static func owner(_ size: Size) throws -> Operator {
        var omar = try Operator(size: size)
        try omar.signIn(nil, World.omar)
        var place = World.place
        place.membership = .owner
        for case .load(let id, let request) in omar.console.open(Destination(.summary, in: place)) {
            omar.open.append((id, request))
        }
        omar.answerAll()
        return omar
    }

    /// Somebody who may do everything on a screen.
    static func on(_ kind: ScreenKind, _ size: Size) throws -> Operator {
        var ada = try PlanTests.on(kind)
        ada.send(.resized(size))
        ada.answerAll()
        return ada
    }
}

extension Operator {
    /// Presses keys and lets everything be answered after each.
    mutating func go(_ keys: String...) throws {
        for key in keys {
            try press(key)
            answerAll()
        }
    }
}
