import Domain
import Terminal
import Testing

@testable import Console

extension Scene {
    /// Coming in, and the platform.
    static let platform = [
        Scene("sign-in") { size in
            var ada = try Operator(size: size, hasSession: false)
            ada.send(.started)
            ada.type("ada@ghostworks.example")
            try ada.press("tab")
            ada.type("wrong")
            try ada.press("enter")
            let wrong = "The mail address or the password is wrong."
            try ada.answer(
                .failure(DomainError(.unauthenticated, .invalidCredentials, wrong))
            )
            return ada
        },
        Scene("sign-in-code") { size in
            var ada = try Operator(size: size, hasSession: false)
            try ada.askedForCode()
            ada.type("1234")
            return ada
        },
        Scene("overview") { try signedIn($0) },
        Scene("overview-history") { size in
            var ada = try signedIn(size)
            let watch = try #require(ada.console.watch)
            for number in 1..<40 {
                ada.send(.fed(watch), after: .seconds(10))
                try ada.answer(.success(.overview(World.overview(number))))
            }
            try ada.press("right")
            return ada
        },
        Scene("overview-alerts") { size in
            var ada = try signedIn(size)
            let watch = try #require(ada.console.watch)
            ada.send(.fed(watch), after: .seconds(2))
            var overview = World.troubled
            overview.alertMarks = overview.alerts.suffix(1).map {
                PlatformAlert.Mark(id: $0.id, level: $0.level, by: "Omar", at: World.ago(8))
            }
            try ada.answer(.success(.overview(overview)))
            return ada
        },
        Scene("trail") { size in
            var ada = try signedIn(size)
            try ada.go("L", "V")
            return ada
        },
        Scene("trail-event") { size in
            var ada = try signedIn(size)
            try ada.go("L", "enter")
            return ada
        },
        Scene("jobs") { size in
            var ada = try signedIn(size)
            try ada.go("J")
            try ada.press("j", "j", "j")
            return ada
        },
        Scene("job") { size in
            var ada = try signedIn(size)
            try ada.go("J")
            try ada.press("j", "j", "j")
            try ada.go("enter")
            return ada
        },
        Scene("tenants") { size in
            var ada = try signedIn(size)
            try ada.go("enter")
            try ada.press("j", "j")
            return ada
        },
        Scene("prices") { size in
            var ada = try signedIn(size)
            try ada.go("M")
            try ada.press("j", "j")
            return ada
        },
        Scene("price-form") { size in
            var ada = try signedIn(size)
            ada.elevate()
            try ada.go("M")
            try ada.press("j", "e")
            for _ in 0..<7 { try ada.press("tab") }
            ada.type("128k:$4/M:$12/M")
            ada.clearToasts()
            return ada
        },
        Scene("price-plan") { size in
            var ada = try signedIn(size)
            ada.elevate()
            try ada.go("M")
            try ada.press("j", "e", "ctrl-u")
            ada.type("$30/M")
            try ada.press("ctrl-s")
            ada.clearToasts()
            return ada
        },
        Scene("price-approval") { size in
            var ada = try signedIn(size)
            ada.elevate()
            try ada.go("M")
            try ada.press("j", "j", "a")
            ada.clearToasts()
            return ada
        },
        Scene("processes") { size in
            var ada = try signedIn(size)
            ada.run(":processes")
            ada.answerAll()
            return ada
        },
        Scene("operators") { size in
            var ada = try signedIn(size)
            try ada.go("O")
            return ada
        },
        Scene("visits") { size in
            var ada = try signedIn(size)
            try ada.go("A")
            return ada
        },
    ]

    /// People across tenants, and oneself.
    static let people = [
        Scene("users") { try atUsers($0) },
        Scene("user") { size in
            var ada = try atUsers(size)
            try ada.go("enter")
            return ada
        },
        Scene("attempts") { size in
            var ada = try atUsers(size)
            try ada.go("enter", "I")
            return ada
        },
        Scene("copies") { size in
            var ada = try atUsers(size)
            try ada.go("C")
            return ada
        },
        Scene("workspaces") { size in
            var omar = try Operator(size: size)
            try omar.signIn(nil, World.omar)
            return omar
        },
        Scene("sessions") { size in
            var ada = try signedIn(size)
            ada.run(":sessions")
            ada.answerAll()
            try ada.press("j")
            return ada
        },
    ]

    private static func atUsers(_ size: Size) throws -> Operator {
        var ada = try signedIn(size)
        try ada.go("P")
        try ada.press("j")
        return ada
    }
}
