import Domain
import Terminal

@testable import Console

extension Scene {
    /// Screens in the states that are seldom seen.
    static let states = [
        Scene("state-loading") { size in
            var ada = try signedIn(size)
            try ada.press("enter")
            ada.send(.woke, after: .milliseconds(1_300))
            return ada
        },
        Scene("state-empty") { size in
            var ada = try signedIn(size)
            try ada.press("enter")
            try ada.answer(.success(.tenants(World.page([]))))
            return ada
        },
        Scene("state-error") { size in
            var ada = try signedIn(size)
            try ada.press("enter")
            let error = DomainError(
                .limited(retryAfter: nil),
                .rateLimited,
                "Too many requests.",
                hint: "Try again in 60 seconds."
            )
            try ada.answer(.failure(error))
            return ada
        },
        Scene("state-reconnecting") { size in
            var ada = try signedIn(size)
            try ada.go("enter")
            ada.send(.connectionLost)
            return ada
        },
        Scene("state-read-write") { size in
            var ada = try atTenants(size, writes: true)
            ada.send(.woke, after: .seconds(19))
            return ada
        },
        Scene("state-inspect") { size in
            var ada = try atTenants(size)
            try ada.go("i")
            return ada
        },
    ]

    /// What lies over a screen.
    static let overlays = [
        Scene("suspend") { size in
            var ada = try atTenants(size, writes: true)
            try ada.press("S")
            ada.type("acm")
            return ada
        },
        Scene("provision") { size in
            var ada = try atTenants(size, writes: true)
            try ada.press("n")
            ada.type("Acme")
            try ada.press("tab")
            ada.type("Not A Slug")
            try ada.press("ctrl-s")
            return ada
        },
        Scene("support") { size in
            var ada = try atTenants(size)
            try ada.press("enter")
            return ada
        },
        Scene("help") { size in
            var ada = try atTenants(size)
            try ada.press("?")
            return ada
        },
        Scene("help-search") { size in
            var ada = try atTenants(size)
            try ada.press("?", "/")
            ada.type("list")
            try ada.press("enter", "n")
            return ada
        },
        Scene("command") { size in
            var ada = try atTenants(size)
            ada.type(":acme")
            try ada.press("tab")
            return ada
        },
        Scene("filter") { size in
            var ada = try atTenants(size)
            ada.type("/colour:red")
            try ada.press("enter")
            return ada
        },
        Scene("themes") { size in
            var ada = try atTenants(size)
            ada.run(":themes")
            return ada
        },
        Scene("columns") { size in
            var ada = try atTenants(size)
            try ada.press("=", "down", "space", "down", "J")
            return ada
        },
        Scene("form-list") { size in
            var ada = try on(.keys, size)
            try ada.press("n", "tab", "down", "down", "space")
            return ada
        },
        Scene("form-leaving") { size in
            var ada = try on(.tenants, size)
            try ada.press("n", "tab")
            ada.type("Not A Slug")
            try ada.press("esc")
            return ada
        },
    ]

    /// Marks, and what is done to several rows.
    static let bulk = [
        Scene("marks") { size in
            var ada = try on(.members, size)
            try ada.press("space", "j", "space")
            return ada
        },
        Scene("bulk-plan") { size in
            var ada = try on(.tenants, size)
            try ada.press("space", "space", "space", "space", "S")
            return ada
        },
        Scene("bulk-running") { try running($0) },
        Scene("bulk-result") { size in
            var ada = try running(size)
            try ada.answer(.success(.done))
            ada.open.removeAll { !$0.request.writes }
            let refused = "You do not have the permission for this."
            try ada.answer(.failure(.forbidden(.permissionDenied, refused)))
            ada.open.removeAll { !$0.request.writes }
            try ada.answer(.success(.done))
            ada.answerAll()
            return ada
        },
    ]

    private static func running(_ size: Size) throws -> Operator {
        var ada = try on(.artifacts, size)
        try ada.press("space", "space", "space")
        ada.open = []
        try ada.press("d")
        ada.type("acme")
        try ada.press("tab")
        ada.type("twice there")
        try ada.press("ctrl-s")
        return ada
    }
}
