import Domain
import Support
import Testing

@testable import Delivery

/// Against a real mail server with STARTTLS and a certificate of the test's own.
@Suite struct SMTPTests {
    private func with(
        _ options: MailServer.Options = .init(),
        _ body: (MailServer) async throws -> Void
    ) async throws {
        let server = try await WaitingThreads.run { try MailServer(options) }
        defer { server.remove() }
        try await body(server)
    }

    private func transport(
        _ server: MailServer,
        requiresTLS: Bool = true,
        trusts: Bool = true,
        password: String? = nil
    ) -> MailTransport {
        .smtp(
            SMTPServer(
                host: "localhost",
                port: server.port,
                requiresTLS: requiresTLS,
                login: password.map { .init(user: "user", password: $0) },
                authorities: trusts ? server.certificate : nil,
                timeouts: .init(connect: .seconds(20), total: .seconds(60))
            )
        )
    }

    private func failure(
        _ transport: MailTransport,
        to recipient: String = "ada@example.org"
    ) async throws -> DeliveryFailure? {
        let message = try Samples.message(to: recipient)
        return await #expect(throws: DeliveryFailure.self) { try await transport.send(message) }
    }

    @Test func `a mail goes through STARTTLS, byte for byte`() async throws {
        try await with { server in
            let message = try Samples.message(text: "Hello\n.\n..dots\n", html: "<p>مرحبًا</p>")
            try await transport(server).send(message)
            let mails = try server.mails()
            #expect(mails.count == 1)
            let sent = String(decoding: try message.bytes(), as: UTF8.self)
            #expect(
                mails.first == "X-From: ghost@example.org\nX-To: ada@example.org\nX-TLS: True\n"
                    + sent
            )
        }
    }

    @Test func `a recipient that is rejected is rejected for good`() async throws {
        try await with { server in
            let failure = try await failure(transport(server), to: "rejected@example.org")
            #expect(failure?.kind == .permanent)
            #expect(failure?.reason.contains("550") == true)
            #expect(failure?.reason.contains("rejected@") == false)
            #expect(try server.mails().isEmpty)
        }
    }

    @Test func `a recipient that is put off is worth another try`() async throws {
        try await with { server in
            let failure = try await failure(transport(server), to: "later@example.org")
            #expect(failure?.kind == .transient)
            #expect(failure?.reason.contains("451") == true)
        }
    }

    /// The server had the mail: whether it keeps it cannot be known, so it is sent again under the
    /// same Message-ID.
    @Test func `a connection cut after the text leaves it open, and the next try repeats it`()
        async throws
    {
        try await with { server in
            for _ in 1...2 {
                let failure = try await failure(transport(server), to: "dropped@example.org")
                #expect(failure?.kind == .transient)
            }
            let mails = try server.mails()
            #expect(mails.count == 2)
            #expect(mails.allSatisfy { $0.contains("Message-ID: <0199-test@example.org>") })
        }
    }

    @Test func `a server that is down is worth another try, and gets the mail when it is back`()
        async throws
    {
        try await with { server in
            server.stop()
            let failure = try await failure(transport(server))
            #expect(failure?.kind == .transient)
            try await with(.init(port: server.port)) { revived in
                try await transport(revived).send(try Samples.message())
                #expect(try revived.mails().count == 1)
            }
        }
    }

    @Test func `nothing is said to a server without TLS, unless that is allowed`() async throws {
        try await with(.init(hasTLS: false)) { server in
            let failure = try await failure(transport(server))
            #expect(failure?.kind == .transient)
            #expect(try server.mails().isEmpty)
            try await transport(server, requiresTLS: false).send(try Samples.message())
            #expect(try server.mails().first?.contains("X-TLS: False") == true)
        }
    }

    @Test func `a server that nobody vouches for gets nothing`() async throws {
        try await with { server in
            let failure = try await failure(transport(server, trusts: false))
            #expect(failure?.kind == .transient)
            #expect(try server.mails().isEmpty)
        }
    }

    @Test func `the right password is taken, the wrong one is the installation's fault`()
        async throws
    {
        try await with(.init(needsLogin: true)) { server in
            try await transport(server, password: "secret").send(try Samples.message())
            let failure = try await failure(transport(server, password: "marked-password"))
            #expect(failure?.kind == .transient)
            #expect(failure?.reason.contains("marked") == false)
            #expect(try server.mails().count == 1)
        }
    }

    @Test(arguments: [
        ("localhost", false), ("127.0.0.1", false), ("127.8.9.1", false), ("::1", false),
        ("mail.example.org", true), ("127.0.0.1.example.org", true), ("10.0.0.1", true),
        ("127.example.org", true), ("localhost.example.org", true),
    ])
    func `TLS is required for every other machine`(host: String, isRequired: Bool) {
        #expect(SMTPServer(host: host, port: 587).requiresTLS == isRequired)
    }
}
