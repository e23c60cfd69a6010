import Foundation
import Testing

/// What a person meets who types something wrong, before any database is looked for.
@Suite(WaitsForPrograms()) struct CommandLineTests {
    private func run(
        _ arguments: String...,
        environment: [String: String] = [:],
        config: String? = nil
    ) throws -> Shell.Ending {
        var shell = try Shell()
        defer { shell.remove() }
        shell.environment = environment
        var arguments = arguments
        if let config { arguments += ["--config", try shell.file("config.yaml", config)] }
        return try shell.run(arguments)
    }

    @Test func `an unknown flag ends with 2 and names the near one`() throws {
        let ending = try run("migrate", "up", "--too", "3")
        #expect(ending.status == 2)
        #expect(ending.errors.contains("Did you mean '--to'?"))
    }

    @Test(arguments: [
        (["databse", "start"], "There is no command \"ghostworks databse\".", "database"),
        (["tenant", "lst"], "There is no command \"ghostworks tenant lst\".", "list"),
        (["tenat"], "There is no command \"ghostworks tenat\".", "tenant"),
    ])
    func `a mistyped command names the near one`(
        words: [String],
        sentence: String,
        near: String
    ) throws {
        let shell = try Shell()
        defer { shell.remove() }
        let ending = try shell.run(words)
        #expect(ending.status == 2)
        #expect(ending.errors == "ghostworks: \(sentence)\n  Did you mean \"\(near)\"?\n")
    }

    @Test func `the version names the schema as well`() throws {
        let ending = try run("--version")
        #expect(ending.status == 0)
        #expect(ending.output.wholeMatch(of: /ghostworks \d+\.\d+\.\d+, schema \d+\n/) != nil)
    }

    @Test(arguments: [
        ("GHOSTWORKS_HTTP_PORT", "abc", "must be a number from 0 to 65535; got 'abc'"),
        ("GHOSTWORKS_DATABASE_URL", "localhost", "must be a postgres:// URL; got 'localhost'"),
        ("GHOSTWORKS_LOG_LEVEL", "loud", "must be one of"),
        ("GHOSTWORKS_KEYS_PEPPER", "hunter2", "must be a reference: env:NAME or file:"),
        ("GHOSTWORKS_TZ", "Mars/Olympus", "must be a time zone; got 'Mars/Olympus'"),
        ("GHOSTWORKS_DATABASE_REQUEST_TIMEOUT", "5y", "must be a time such as 500ms"),
    ])
    func `a wrong setting ends with 2 and says name, rule and example`(
        name: String,
        value: String,
        rule: String
    ) throws {
        let ending = try run("settings", environment: [name: value])
        #expect(ending.status == 2)
        #expect(ending.errors.contains("(\(name) in the environment) \(rule)"))
        #expect(ending.errors.contains("For example: "))
        #expect(!ending.errors.contains("hunter2"))
    }

    @Test func `a mistyped variable names the near one`() throws {
        let ending = try run("settings", environment: ["GHOSTWORKS_HTTP_PROT": "1"])
        #expect(ending.status == 2)
        #expect(ending.errors.contains("Did you mean \"GHOSTWORKS_HTTP_PORT\"?"))
    }

    @Test func `variables of an orchestrator do no harm`() throws {
        let ending = try run("settings", environment: ["GHOSTWORKS_SERVICE_HOST": "10.0.0.1"])
        #expect(ending.status == 0)
    }

    @Test func `the environment wins over the file, and both are named as the source`() throws {
        let ending = try run(
            "settings",
            "--format",
            "json",
            environment: ["GHOSTWORKS_HTTP_HOST": "0.0.0.0"],
            config: "http:\n  host: 10.0.0.1\n  port: 9000\n"
        )
        let settings = Dictionary(
            uniqueKeysWithValues: ending.objects.compactMap { object in
                (object["name"] as? String).map { ($0, object) }
            }
        )
        #expect(settings["http.host"]?["value"] as? String == "0.0.0.0")
        #expect(settings["http.host"]?["source"] as? String == "environment")
        #expect(settings["http.port"]?["value"] as? String == "9000")
        #expect((settings["http.port"]?["source"] as? String)?.hasSuffix("line 3") == true)
    }

    @Test(arguments: [
        ("http:\n  prot: 1\n", "There is no setting http.prot", "http.port"),
        ("http: [1]\n", "There is no setting http ", "Did you mean"),
        ("- a\n", "must hold names with values; it holds a list.", "port: 8080"),
        ("a\n", "must hold names with values; it holds one value.", "port: 8080"),
        ("http:\n  port: 1\n  port: 2\n", "line 2, has the name port twice", "below one port"),
        ("http:\n  port: 1\nhttp:\n  port: 2\n", "line 1, has the name http twice", "below one"),
        ("http: {port: 1\n", "is not valid YAML", "line 2"),
        ("http:\n  port: [1]\n", "must be one value, not a list", "For example: 8080"),
        (
            "database:\n  url: postgres://app:secret@db/ghostworks\n",
            "must not hold a password in the file", "env:NAME"
        ),
    ])
    func `a wrong settings file is refused in one sentence`(
        text: String,
        sentence: String,
        hint: String
    ) throws {
        let ending = try run("settings", config: text)
        #expect(ending.status == 2)
        #expect(ending.errors.contains(sentence))
        #expect(ending.errors.contains(hint))
        #expect(!ending.errors.contains("secret@"))
    }

    private static let provider = """
        identity:
          providers:
            acme:
              issuer: https://idp.example.org
              client_id: ghostworks
              client_secret: env:ACME_SECRET
              redirect_uri: https://gw.example.org/api/v1/auth/oidc/acme/callback
        """

    @Test func `a provider of identities is a setting like any other`() throws {
        let ending = try run(
            "settings",
            "--format",
            "json",
            environment: ["GHOSTWORKS_IDENTITY_PROVIDERS_ACME_REGISTERS": "true"],
            config: Self.provider
        )
        #expect(ending.status == 0)
        let values = Dictionary(
            uniqueKeysWithValues: ending.objects.compactMap { object in
                (object["name"] as? String).map { ($0, object["value"] as? String) }
            }
        )
        #expect(values["identity.providers.acme.issuer"] == "https://idp.example.org")
        #expect(values["identity.providers.acme.registers"] == "true")
        #expect(values["identity.providers.acme.links_verified_mail"] == "false")
    }

    @Test(arguments: [
        ("      issuer: http://idp.example.org\n", "must be an https:// URL"),
        ("      algorithms: HS256\n", "must be some of RS256"),
        ("      algorithms: none\n", "must be some of RS256"),
        ("      scopes: email\n", "must contain openid"),
        ("      registers: maybe\n", "must be true or false"),
        ("      client_secret: hunter2\n", "must be a reference"),
        ("      return_origins: https://app.example.org/in\n", "must be origins such as"),
        ("      isuer: https://idp.example.org\n", "There is no setting"),
        ("    Acme-2:\n      issuer: https://x.org\n", "must be small letters and digits"),
    ])
    func `a wrong setting of a provider is refused in one sentence`(
        line: String,
        sentence: String
    ) throws {
        let field = line.split(separator: ":")[0]
        let others = Self.provider.split(separator: "\n")
            .filter { !$0.hasPrefix("      \(field.trimmingCharacters(in: .whitespaces)):") }
        let text = others.joined(separator: "\n") + "\n" + line
        let ending = try run("settings", config: text)
        #expect(ending.status == 2)
        #expect(ending.errors.contains(sentence), "\(ending.errors)")
        #expect(!ending.errors.contains("hunter2"))
    }

    @Test func `a variable of a provider that has no such field names the near one`() throws {
        let name = "GHOSTWORKS_IDENTITY_PROVIDERS_ACME_ISUER"
        let ending = try run("settings", environment: [name: "https://idp.example.org"])
        #expect(ending.status == 2)
        #expect(
            ending.errors.contains("Did you mean \"GHOSTWORKS_IDENTITY_PROVIDERS_ACME_ISSUER\"?")
        )
    }

    @Test func `a settings file that is missing is named`() throws {
        let ending = try run("settings", "--config", "/nowhere/config.yaml")
        #expect(ending.status == 2)
        #expect(
            ending.errors == "ghostworks: The settings file /nowhere/config.yaml does not exist.\n"
        )
    }

    @Test func `the password of a database is never shown`() throws {
        let url = "postgres://app:hunter2@db.example.org/ghostworks"
        let ending = try run("settings", environment: ["GHOSTWORKS_DATABASE_URL": url])
        #expect(ending.status == 0)
        #expect(ending.output.contains("(hidden)"))
        #expect(!ending.output.contains("hunter2"))
    }

    @Test func `the console without a terminal ends with 2 in one sentence`() throws {
        let ending = try run()
        #expect(ending.status == 2)
        #expect(ending.errors.contains("An interactive terminal is needed"))
    }

    @Test func `a database that is not there is named, with the way to look`() throws {
        let environment = [
            "GHOSTWORKS_DATABASE_URL": "postgres://ghostworks_app@127.0.0.1:1/ghostworks",
            "GHOSTWORKS_ADMIN_DATABASE_URL": "postgres://postgres@127.0.0.1:1/ghostworks",
        ]
        let ending = try run("migrate", "status", environment: environment)
        #expect(ending.status == 1)
        #expect(ending.errors.contains("The database cannot be reached"))
        #expect(ending.errors.contains("ghostworks doctor"))
        let sentences =
            "failed: Connection refused. Is the server running on that host and "
            + "accepting TCP/IP connections?\n"
        #expect(ending.errors.contains(sentences), "\(ending.errors)")
    }

    @Test func `a database elsewhere without an administrator asks for the setting`() throws {
        let url = "postgres://ghostworks_app@127.0.0.1:1/ghostworks"
        let ending = try run("migrate", "up", environment: ["GHOSTWORKS_DATABASE_URL": url])
        #expect(ending.status == 2)
        #expect(ending.errors.contains("Setting admin.database_url is needed"))
    }

    @Test func `no embedded database yet is said without making one`() throws {
        let ending = try run("database", "status", "--format", "json")
        #expect(ending.status == 1)
        #expect(ending.objects.first?["state"] as? String == "absent")
    }

    @Test func `the doctor says that there is no database yet, without making one`() throws {
        let shell = try Shell()
        defer { shell.remove() }
        let ending = try shell.run("doctor")
        #expect(ending.status == 1)
        #expect(ending.output.contains("There is no database in \(shell.folder)/data yet."))
        #expect(ending.output.contains("fix: ghostworks migrate up, or ghostworks demo"))
        #expect(!FileManager.default.fileExists(atPath: shell.folder + "/data"))
    }

    @Test func `a path that is too long for a socket names the setting`() throws {
        let folder = "/tmp/" + String(repeating: "long/", count: 28)
        let ending = try run(
            "database",
            "start",
            environment: ["GHOSTWORKS_DATA_DIRECTORY": folder]
        )
        #expect(ending.status == 1)
        let hint = "Set data.directory (GHOSTWORKS_DATA_DIRECTORY) to a folder with a shorter path."
        #expect(ending.errors.contains(hint), "\(ending.errors)")
    }

    @Test func `an address is looked at before a password is asked for`() throws {
        let ending = try run("operator", "create", "--email", "not-an-email", "--name", "X")
        #expect(ending.status == 2)
        #expect(ending.errors.contains("email"), "\(ending.errors)")
    }

    @Test(arguments: [
        ("Nowhere/X", "warning"), ("Europe/Berlin", "ok"), (":Asia/Tokyo", "warning"),
    ])
    func `the doctor says that TZ names no zone`(name: String, state: String) throws {
        let ending = try run("doctor", "--format", "json", environment: ["TZ": name])
        let zone = try #require(ending.objects.first { $0["check"] as? String == "time zone" })
        #expect(zone["state"] as? String == state)
        let detail = try #require(zone["detail"] as? String)
        #expect(detail.contains(name))
    }

    @Test(arguments: ["serve", "up"])
    func `one port for the API and the metrics is refused`(command: String) throws {
        let ending = try run(command, "--port", "21999", "--admin-port", "21999")
        #expect(ending.status == 2)
        #expect(
            ending.errors == """
                ghostworks: The API and the metrics cannot both listen on port 21999.
                  Choose another port for one of them: --port, --admin-port.

                """
        )
    }

    @Test func `the API document is printed without a database`() throws {
        let ending = try run("openapi")
        #expect(ending.status == 0)
        #expect(ending.objects.first?["openapi"] as? String == "3.1.0")
    }

    @Test func `the manual names every setting and its variable`() throws {
        let manual = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../docs/operating.md")
        let text = try String(contentsOf: manual, encoding: .utf8)
        let settings = try run("settings", "--format", "json").objects
        #expect(!settings.isEmpty)
        for setting in settings {
            let name = try #require(setting["name"] as? String)
            let variable = try #require(setting["environment"] as? String)
            #expect(text.contains("| `\(name)` | `\(variable)` |"), "\(name)")
        }
    }

    @Test func `the register of personal data is printed without a database`() throws {
        let ending = try run("privacy", "registry", "--format", "json", "--personal")
        #expect(ending.status == 0)
        let names = ending.objects.compactMap { $0["column"] as? String }
        #expect(names.contains("users.email"))
        #expect(!names.contains("plans.name"))
    }

    @Test(arguments: [
        ["privacy", "release", "not-an-id"], ["privacy", "approve"],
        ["privacy", "registry", "--format", "xml"], ["privacy", "hold"],
    ])
    func `a privacy command that cannot be meant ends with 2`(words: [String]) throws {
        let shell = try Shell()
        defer { shell.remove() }
        #expect(try shell.run(words).status == 2)
    }
}
