import Foundation
import Support
import Testing

/// The demonstration as `ghostworks demo` loads it, and what works over it.
@Suite(.serialized, DemoPlatform()) struct DemoTests {
    private func shell() throws -> Shell {
        try #require(DemoPlatform.shell)
    }

    private func overview() throws -> [String] {
        let shell = try shell()
        let tenants = try shell.run("tenant", "list", "--format", "json", "--limit", "0")
        let chain = try shell.run("audit", "verify", "--platform")
        try #require(tenants.status == 0 && chain.status == 0, "\(tenants.errors)\(chain.errors)")
        return tenants.lines
    }

    @Test func `the first run says who may sign in, and ends without a terminal`() throws {
        let lines = DemoPlatform.firstRun.split(separator: "\n")
        #expect(
            lines == [
                "The demo is loaded.",
                "Super-admin: \(DemoPlatform.email)",
                "Owner of acme-charity: omar@acme-charity.example",
                "Password of both: \(DemoPlatform.password)",
            ]
        )
    }

    @Test func `a second run changes nothing`() throws {
        let before = try overview()
        #expect(before.count == 40)
        let again = try shell().run("demo", "--no-console")
        #expect(again.status == 0)
        #expect(again.lines.first == "The demo had been loaded before.")
        #expect(try overview() == before)
    }

    @Test func `on a terminal it ends after loading when no console is wanted`() async throws {
        let terminal = try PseudoTerminal(
            Shell.program,
            arguments: ["demo", "--no-console"],
            environment: try shell().variables
        )
        #expect(try await terminal.exit() == .status(0))
        let shown = String(decoding: terminal.output, as: UTF8.self)
        #expect(shown.contains("Password of both: \(DemoPlatform.password)"))
    }

    @Test func `budgets of money are dollars, and name their unit`() throws {
        let tenant = ["--tenant", "acme-charity", "--reason", "to see the budgets"]
        let table = try shell().run(["ai", "budgets"] + tenant)
        #expect(table.status == 0, "\(table.errors)")
        let budgets = try shell().run(["ai", "budgets", "--format", "json"] + tenant).objects
        for budget in budgets {
            let metric = try #require(budget["metric"] as? String)
            #expect(budget["unit"] as? String == (metric == "cost" ? "usd" : metric))
            #expect(metric == "cost" ? budget["hard"] is String : budget["hard"] is Int)
        }
        #expect(budgets.contains { $0["metric"] as? String == "cost" })
        #expect(table.output.contains("$2000.00"))
    }

    @Test func `roles are a line each, and one of them in full`() throws {
        let shell = try shell()
        let place = ["--tenant", "acme-charity", "--reason", "to look"]
        let list = try shell.run(["role", "list"] + place)
        #expect(list.status == 0, "\(list.errors)")
        let heads = try #require(list.lines.first).split(separator: " ").map(String.init)
        #expect(heads == ["NAME", "KIND", "RANK", "MEMBERS", "PERMISSIONS"])
        #expect(!list.output.contains("artifact.read"))
        let one = try shell.run(["role", "show", "viewer"] + place)
        #expect(one.output.contains("artifact.read"))
        let machine = try shell.run(["role", "list", "--format", "json"] + place)
        #expect(machine.output.contains("artifact.read"))
    }

    @Test func `a reason that nobody would keep is refused`() throws {
        var shell = try shell()
        let operators = try shell.run("privacy", "export", "--reason", "to look")
        #expect(operators.status == 2)
        #expect(operators.errors.contains("About yourself no reason is kept."))
        let ticket = try shell.run(
            "member",
            "list",
            "--tenant",
            "acme-charity",
            "--ticket",
            "T-1"
        )
        #expect(ticket.status == 2)
        #expect(ticket.errors.contains("A ticket belongs to a --reason."))
        shell.environment["GHOSTWORKS_STATE_DIRECTORY"] = shell.folder + "/member"
        let login = try shell.run(
            ["login", "omar@acme-charity.example", "--password-stdin"],
            input: DemoPlatform.password + "\n"
        )
        try #require(login.status == 0, "\(login.errors)")
        let member = try shell.run("member", "list", "--reason", "to look")
        #expect(member.status == 2)
        #expect(member.errors.contains("Reasons are for operators in a support session"))
        #expect(member.errors.contains("Leave --reason out."))
        #expect(try shell.run("member", "list").status == 0)
    }

    @Test func `an ended role on the platform says so`() throws {
        let shell = try shell()
        let list = try shell.run("operator", "list", "--ended", "--format", "json")
        #expect(list.status == 0)
        #expect(list.lines.allSatisfy { $0.contains(#""state":"active""#) })
        let email = "omar@acme-charity.example"
        let why = ["--reason", "to test it"]
        let granted = try shell.run(["operator", "grant", email, "support"] + why)
        try #require(granted.status == 0, "\(granted.errors)")
        let revoked = try shell.run(["operator", "revoke", email, "support"] + why)
        try #require(revoked.status == 0, "\(revoked.errors)")
        let ended = try shell.run("operator", "list", "--ended", "--format", "json")
        #expect(ended.lines.filter { $0.contains(#""state":"ended""#) }.count == 1)
    }

    @Test func `starting over asks first, and without a terminal it is refused`() throws {
        let ending = try shell().run("demo", "--reset")
        #expect(ending.status == 2)
        #expect(ending.errors.contains("This deletes everything in the embedded database."))
        #expect(ending.errors.contains("Say --yes when it is meant."))
        #expect(try overview().count == 40)
    }

    @Test func `starting over leaves nothing of before`() throws {
        let shell = try shell()
        let made = try shell.run(
            "tenant",
            "create",
            "left-behind",
            "--name",
            "Left behind",
            "--owner-email",
            "o@example.org"
        )
        try #require(made.status == 0, "\(made.errors)")
        let ending = try shell.run("demo", "--reset", "--yes")
        #expect(ending.status == 0, "\(ending.errors)")
        #expect(ending.lines.first == "The demo is loaded.")
        let tenants = try overview()
        #expect(tenants.count == 40)
        #expect(!tenants.contains { $0.contains("left-behind") })
    }

    @Test(arguments: ["0", "1001", "many"])
    func `an amount that makes no sense is refused`(scale: String) throws {
        let ending = try shell().run("demo", "--scale", scale)
        #expect(ending.status == 2)
        #expect(ending.errors.contains("--scale"))
    }

    @Test func `a database elsewhere is not touched`() throws {
        var shell = try shell()
        shell.environment["GHOSTWORKS_DATABASE_URL"] =
            "postgres://ghostworks_app@127.0.0.1:1/ghostworks"
        let ending = try shell.run("demo")
        #expect(ending.status == 2)
        #expect(ending.errors.contains("The demo is for the embedded database"))
        #expect(ending.errors.contains("Unset GHOSTWORKS_DATABASE_URL."))
    }
}
