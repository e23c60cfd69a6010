import Domain
import Terminal

@testable import Console

extension Scene {
    private static func acme(
        _ name: String,
        _ mode: AccessMode = .readOnly,
        _ steps: @escaping @Sendable (inout Operator) throws -> Void
    ) -> Scene {
        Scene(name) { size in
            var ada = try inAcme(size, mode)
            try steps(&ada)
            return ada
        }
    }

    /// The parts of a tenant.
    static let tenant = [
        acme("tenant") { _ in },
        acme("stays") { try $0.go("0") },
        acme("consents") { try $0.go("0", "9") },
        acme("members") { try $0.go("2") },
        acme("roles") { ada in
            try ada.go("2", "R")
            try ada.press("G")
            ada.wait()
        },
        acme("invitations", .readWrite) { try $0.go("2", "I") },
        acme("grants", .readWrite) { ada in
            try ada.go("2")
            try ada.press("j")
            try ada.go("o")
        },
        acme("artifacts") { ada in
            try ada.go("3")
            ada.wait()
        },
        acme("artifact") { try $0.go("3", "enter") },
        acme("artifact-search") { ada in
            try ada.go("3", "enter")
            try ada.press("/")
            ada.type("gold")
            try ada.press("enter")
        },
        acme("artifact-find") { ada in
            try ada.go("3", "enter")
            try ada.press("/")
            ada.type("gold")
        },
        acme("audit") { try $0.go("5", "V") },
        acme("event") { try $0.go("5", "enter") },
        acme("event-search") { ada in
            try ada.go("5", "enter")
            try ada.press("/")
            ada.type("zakat")
            try ada.press("enter", "n")
        },
        acme("keys") { try $0.go("6") },
        Scene("requests") { size in
            var omar = try owner(size)
            try omar.go("7")
            try omar.press("j", "j")
            omar.wait()
            return omar
        },
        Scene("holds") { size in
            var omar = try owner(size)
            try omar.go("7", "8")
            return omar
        },
    ]

    /// What a tenant's AI costs and does.
    static let ai = [
        acme("ai") { try $0.go("4") },
        acme("ai-calls") { try $0.go("4", "c") },
        acme("ai-call") { ada in
            try ada.go("4", "c", "v")
            try ada.press("j", "j", "j")
            try ada.go("enter")
        },
        acme("ai-alerts") { try $0.go("4", "a") },
        Scene("ai-budget-form") { size in
            var omar = try Operator(size: size)
            try omar.signIn(nil, World.omar)
            omar.elevate()
            try omar.go("enter", "4")
            try omar.press("j", "e")
            omar.clearToasts()
            return omar
        },
        Scene("ai-budget-plan") { size in
            var omar = try Operator(size: size)
            try omar.signIn(nil, World.omar)
            omar.elevate()
            try omar.go("enter", "4")
            try omar.press("j", "e", "ctrl-u")
            omar.type("$20.50")
            try omar.press("tab", "tab", "right", "ctrl-s")
            omar.clearToasts()
            return omar
        },
        Scene("ai-budget-new") { size in
            var omar = try Operator(size: size)
            try omar.signIn(nil, World.omar)
            omar.elevate()
            try omar.go("enter", "4")
            try omar.press("n", "right", "right", "tab", "ctrl-s")
            omar.clearToasts()
            return omar
        },
    ]
}
