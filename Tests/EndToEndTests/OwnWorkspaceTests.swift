import Foundation
import Support
import Testing

/// What people do at the shell with themselves and with workspaces of their own.
@Suite(.serialized, InstalledPlatform()) struct OwnWorkspaceTests {
    private func shell() throws -> Shell {
        try #require(InstalledPlatform.shell)
    }

    @Test func `one sees oneself and changes one's language`() throws {
        let shell = try shell()
        let me = try #require(try shell.run("me", "--format", "json").objects.first)
        #expect(me["email"] as? String == InstalledPlatform.email)
        let arabic = try shell.run("me", "update", "--locale", "ar", "--format", "json")
        #expect(arabic.objects.first?["locale"] as? String == "ar")
        let back = try shell.run("me", "update", "--locale", "en")
        #expect(back.status == 0, "\(back.errors)")
        let kuwait = ["me", "update", "--time-zone", "Asia/Kuwait", "--format", "json"]
        #expect(try shell.run(kuwait).objects.first?["time_zone"] as? String == "Asia/Kuwait")
        let none = try shell.run("me", "update", "--time-zone", "", "--format", "json")
        #expect(none.status == 0 && none.objects.first?["time_zone"] is NSNull, "\(none.errors)")
    }

    @Test(arguments: [
        ([], "or locale must be given"), (["--locale", "fr"], "must be one of en, ar"),
        (["--name", ""], "must have 1 to 200 characters"),
        (["--time-zone", "Kuwait"], "must be a time zone such as Asia/Kuwait"),
        (["--time-zone", "Asia/Atlantis"], "must be a time zone such as Asia/Kuwait"),
    ])
    func `a change of oneself that cannot be is said in a sentence`(
        options: [String],
        sentence: String
    ) throws {
        let ending = try shell().run(["me", "update"] + options)
        #expect(ending.status == 2)
        #expect(ending.errors.contains(sentence), "\(ending.errors)")
    }

    @Test func `a workspace is made, renamed, closed with its slug and a proof, and restored`()
        throws
    {
        let shell = try shell()
        let made = try shell.run(
            ["workspace", "create", "own-press", "--name", "Press", "--format", "json"]
        )
        #expect(made.status == 0, "\(made.errors)")
        #expect(made.objects.first?["plan"] as? String == "free")
        let taken = try shell.run("workspace", "create", "own-press", "--name", "Press")
        #expect(taken.status == 1 && taken.errors.contains("The slug is taken."), "\(taken.errors)")
        let bad = try shell.run("workspace", "create", "-", "--name", "Press")
        #expect(bad.status == 2, "\(bad.errors)")
        let renamed = try shell.run("workspace", "rename", "Press Two", "--tenant", "own-press")
        #expect(renamed.status == 0, "\(renamed.errors)")
        let list = try shell.run("workspace", "list", "--format", "json")
        #expect(list.objects.compactMap { $0["name"] as? String }.contains("Press Two"))

        let close = ["workspace", "close", "own-press", "--reason", "Not needed", "--yes"]
        let wrong = try shell.run(close + ["--password-stdin"], input: "wrong\n")
        #expect(wrong.status == 2, "\(wrong.errors)")
        let closed = try shell.run(
            close + ["--password-stdin"],
            input: InstalledPlatform.password + "\n"
        )
        #expect(closed.status == 0, "\(closed.errors)")
        let gone = try shell.run("workspace", "rename", "Three", "--tenant", "own-press")
        #expect(gone.status == 1, "\(gone.errors)")
        let open = try shell.run(
            ["workspace", "restore", "own-press", "--reason", "A mistake", "--format", "json"]
        )
        #expect(open.objects.first?["status"] as? String == "active", "\(open.errors)")
    }

    @Test func `an operator closes a tenant and opens it again`() throws {
        let shell = try shell()
        let made = try shell.run(
            [
                "tenant", "create", "over-soon", "--name", "Over", "--owner-email",
                "owner@over-soon.example",
            ]
        )
        try #require(made.status == 0, "\(made.errors)")
        let why = ["--reason", "Contract ended", "--format", "json"]
        let closed = try shell.run(["tenant", "close", "over-soon", "--yes"] + why)
        #expect(closed.objects.first?["status"] as? String == "deleted", "\(closed.errors)")
        // Until it is opened again an operator sees when its data goes.
        let shown = try shell.run("tenant", "show", "over-soon", "--format", "json")
        #expect(shown.objects.first?["purge_at"] is String, "\(shown.errors)")
        let again = try shell.run(["tenant", "close", "over-soon", "--yes"] + why)
        #expect(again.status == 1, "\(again.errors)")
        #expect(again.errors.contains("The tenant is closed."), "\(again.errors)")
        let open = try shell.run(["tenant", "restore", "over-soon"] + why)
        #expect(open.objects.first?["status"] as? String == "active", "\(open.errors)")
    }

    @Test func `the whole of a trail for a program takes the right to export`() throws {
        let shell = try shell()
        _ = try shell.run(
            [
                "tenant", "create", "whole-trail", "--name", "Whole", "--owner-email",
                "owner@whole-trail.example",
            ]
        )
        let place = ["--tenant", "whole-trail", "--reason", "to look"]
        let list = ["audit", "list"]
        for format in ["json", "csv"] {
            let all = try shell.run(list + place + ["--limit", "0", "--format", format])
            // The names of the columns are no event.
            #expect(all.status == 1 && all.lines.count <= 1, "\(all.output)")
            #expect(all.errors.contains("permission"), "\(all.errors)")
            let page = try shell.run(list + place + ["--limit", "100", "--format", format])
            #expect(page.status == 0, "\(page.errors)")
        }
        let table = try shell.run(list + place + ["--limit", "0"])
        #expect(table.status == 0, "\(table.errors)")
        let platform = list + ["--platform", "--limit", "0", "--format", "json"]
        let taken = try shell.run(platform)
        #expect(taken.status == 0, "\(taken.errors)")
        let record = try shell.run(
            list + ["--platform", "--action", "audit.exported", "--format", "json"]
        )
        #expect(record.output.contains("audit list"))
    }
}
