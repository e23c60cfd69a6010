import Postgres
import Testing

@Suite struct SettingsTests {
    @Test func `a URL is read in all its parts`() throws {
        let settings = try ConnectionSettings(
            url: "postgres://me:p%40ss@db.example:5433/app?sslmode=verify-full&sslrootcert=/ca"
                + "&application_name=test&connect_timeout=7"
        )
        #expect(settings.host == "db.example")
        #expect(settings.port == 5433)
        #expect(settings.user == "me")
        #expect(settings.password == "p@ss")
        #expect(settings.database == "app")
        #expect(settings.sslMode == .verifyFull)
        #expect(settings.sslRootCertificate == "/ca")
        #expect(settings.applicationName == "test")
        #expect(settings.connectTimeout == .seconds(7))
    }

    @Test func `a socket's folder is a host`() throws {
        let settings = try ConnectionSettings(url: "postgresql:///app?host=/tmp/x")
        #expect(settings.host == "/tmp/x")
        #expect(settings.port == 5432)
    }

    @Test func `no description shows the password`() throws {
        let settings = try ConnectionSettings(url: "postgres://me:secret@db/app")
        #expect(settings.safeDescription == "postgres://me@db/app")
        var dumped = ""
        dump(settings, to: &dumped)
        #expect(!("\(settings)" + String(reflecting: settings) + dumped).contains("secret"))
    }

    @Test(arguments: [
        ("localhost", "must be a postgres:// URL; got 'localhost'"),
        ("mysql://me:secret@db/app", "must be a postgres:// URL; got the scheme 'mysql'"),
        ("host=db password=secret", "must be a postgres:// URL; got a text of 23 characters"),
        ("postgres://me:secret%@db", "must be a postgres:// URL that libpq reads"),
        ("postgres://db/app?nonsense=1", "must be a postgres:// URL that libpq reads"),
        ("postgres://db:99999/app", "port must be a number from 1 to 65535; got '99999'"),
    ])
    func `a bad URL is refused with its rule`(url: String, phrase: String) {
        let error = #expect(throws: PostgresError.self) { try ConnectionSettings(url: url) }
        #expect(error?.description == phrase)
    }

    @Test func `a bad TLS mode is refused`() {
        let error = #expect(throws: PostgresError.self) {
            try ConnectionSettings(url: "postgres://db/app?sslmode=maybe")
        }
        #expect(error?.description.hasPrefix("sslmode must be one of disable, allow") == true)
    }
}
