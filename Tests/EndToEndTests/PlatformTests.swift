import Foundation
import Testing

/// The commands on a real embedded database, one after another.
@Suite(.serialized, InstalledPlatform()) struct PlatformTests {
    private func shell() throws -> Shell {
        try #require(InstalledPlatform.shell)
    }

    private func makeTenant(_ slug: String) throws {
        let ending = try shell().run(
            "tenant",
            "create",
            slug,
            "--name",
            "Name of \(slug)",
            "--plan",
            "pro",
            "--owner-email",
            "owner@\(slug).example"
        )
        try #require(ending.status == 0, "\(ending.errors)")
    }

    @Test func `the doctor finds nothing wrong`() throws {
        let ending = try shell().run("doctor", "--format", "json")
        let failed = ending.objects.filter { $0["state"] as? String == "failed" }
        #expect(failed.isEmpty)
        #expect(ending.status == 0)
    }

    @Test func `keys, passwords and the session are for their owner alone`() throws {
        let folder = try shell().folder
        for file in [
            "data/keys/signing.pem", "data/keys/context.key", "data/keys/pepper",
            "data/keys/sealing.key",
            "data/database-passwords", "state/session",
        ] {
            let attributes = try FileManager.default.attributesOfItem(atPath: folder + "/" + file)
            #expect(attributes[.posixPermissions] as? Int == 0o600, "\(file)")
        }
    }

    @Test func `a key that is gone is not made anew in passing`() throws {
        let shell = try shell()
        let pepper = shell.folder + "/data/keys/pepper"
        try FileManager.default.moveItem(atPath: pepper, toPath: pepper + ".away")
        let ending = try shell.run("tenant", "list")
        try FileManager.default.moveItem(atPath: pepper + ".away", toPath: pepper)
        #expect(ending.status == 2)
        #expect(ending.errors.contains("Setting keys.pepper: there is no file \(pepper)."))
    }

    @Test func `migrating again changes nothing`() throws {
        let ending = try shell().run("migrate", "up")
        #expect(ending.status == 0)
        #expect(ending.lines.count == 1)
    }

    @Test func `an older schema is refused until it is migrated`() throws {
        let shell = try shell()
        let asked = try shell.run("migrate", "down", "--to", "8")
        #expect(asked.status == 2)
        #expect(asked.errors.contains("Say --yes"))
        #expect(try shell.run("migrate", "down", "--to", "8", "--yes").status == 0)
        let refused = try shell.run("tenant", "list")
        #expect(refused.status == 1)
        #expect(refused.errors.contains("Run `ghostworks migrate up`."))
        #expect(try shell.run("migrate", "up").status == 0)
        #expect(try shell.run("tenant", "list").status == 0)
    }

    @Test func `a wrong password and an unknown address get the same answer`() throws {
        let shell = try shell()
        let wrong = try shell.run(
            "login",
            InstalledPlatform.email,
            "--password-stdin",
            input: "x\n"
        )
        let unknown = try shell.run("login", "who@example.org", "--password-stdin", input: "x\n")
        #expect(wrong.status == 1)
        #expect(wrong.errors == "ghostworks: The mail address or the password is wrong.\n")
        #expect(unknown.errors == wrong.errors)
    }

    @Test func `tenants are listed as JSON, a line each`() throws {
        try makeTenant("json-tenant")
        let ending = try shell().run("tenant", "list", "--format", "json", "--limit", "0")
        let tenant = try #require(
            ending.objects.first { $0["slug"] as? String == "json-tenant" }
        )
        #expect(tenant["plan"] as? String == "pro")
        #expect(tenant["status"] as? String == "active")
        #expect(ending.objects.count == ending.lines.count)
    }

    @Test func `text that looks like a formula is defused in CSV`() throws {
        let ending = try shell().run(
            "tenant",
            "create",
            "formula",
            "--name",
            "=1+1",
            "--owner-email",
            "owner@example.org",
            "--format",
            "csv"
        )
        #expect(ending.output.contains("formula,'=1+1,free,active"))
    }

    @Test func `a slug that is taken is refused`() throws {
        try makeTenant("taken")
        let ending = try shell().run(
            "tenant",
            "create",
            "taken",
            "--name",
            "Other",
            "--owner-email",
            "o@example.org"
        )
        #expect(ending.status == 1)
        #expect(ending.errors == "ghostworks: The slug is taken.\n  Choose another one.\n")
    }

    @Test func `a mistyped tenant names the near one`() throws {
        try makeTenant("mistyped-charity")
        let ending = try shell().run("tenant", "show", "mistyped-charty")
        #expect(ending.status == 1)
        #expect(
            ending.errors == """
                ghostworks: No tenant "mistyped-charty" exists.
                  Did you mean "mistyped-charity"?

                """
        )
    }

    @Test func `suspending twice says so`() throws {
        try makeTenant("unpaid")
        let suspend = ["tenant", "suspend", "unpaid", "--reason", "not paid"]
        #expect(try shell().run(suspend).status == 0)
        let again = try shell().run(suspend)
        #expect(again.status == 1)
        #expect(again.errors.contains("already suspended"))
    }

    @Test func `an operator enters a tenant only with a reason, and both ends are on record`()
        throws
    {
        try makeTenant("entered")
        let refused = try shell().run("member", "list", "--tenant", "entered")
        #expect(refused.status == 1)
        #expect(refused.errors.contains("add --reason"))
        let members = try shell().run(
            "member",
            "list",
            "--tenant",
            "entered",
            "--reason",
            "to look",
            "--format",
            "json"
        )
        #expect(members.objects.map { $0["role"] as? String } == ["owner"])
        let audit = try shell().run(
            "audit",
            "list",
            "--tenant",
            "entered",
            "--reason",
            "to look",
            "--format",
            "json"
        )
        let actions = audit.objects.compactMap { $0["action"] as? String }
        #expect(actions.prefix(3) == ["support.opened", "support.ended", "support.opened"])
    }

    @Test func `writing in a tenant needs its owner's consent`() throws {
        try makeTenant("closed")
        let ending = try shell().run(
            "artifact",
            "create",
            "A note",
            "--tenant",
            "closed",
            "--reason",
            "to help"
        )
        #expect(ending.status == 1)
        #expect(ending.errors.contains("has not consented"))
    }

    @Test func `the chains hold`() throws {
        try makeTenant("chained")
        let tenant = try shell().run(
            "audit",
            "verify",
            "--tenant",
            "chained",
            "--reason",
            "to check"
        )
        #expect(tenant.status == 0)
        #expect(try shell().run("audit", "verify", "--platform").status == 0)
    }

    @Test func `the demo does not mix with tenants that are there`() throws {
        try makeTenant("own-tenant")
        let ending = try shell().run("demo")
        #expect(ending.status == 1)
        #expect(
            ending.errors == """
                ghostworks: The database already holds tenants.
                  `ghostworks demo --reset` deletes everything and starts over.

                """
        )
    }

    @Test func `a killed server is back with the next command`() throws {
        try shell().killServer()
        let ending = try shell().run("tenant", "list", "--format", "json")
        #expect(ending.status == 0, "\(ending.errors)")
    }

    @Test func `who has signed out is nobody`() throws {
        var other = try shell()
        other.environment["GHOSTWORKS_STATE_DIRECTORY"] = other.folder + "/other"
        let password = InstalledPlatform.password + "\n"
        let login = try other.run(
            "login",
            InstalledPlatform.email,
            "--password-stdin",
            input: password
        )
        #expect(login.status == 0)
        #expect(try other.run("logout").output == "Signed out.\n")
        let ending = try other.run("tenant", "list")
        #expect(ending.status == 1)
        #expect(ending.errors == "ghostworks: Nobody is signed in.\n  Run `ghostworks login`.\n")
    }
}
