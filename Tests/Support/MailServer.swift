import Foundation
import Glibc

/// A real mail server (aiosmtpd) of one test, on a port of its own.
package final class MailServer: Sendable {
    /// What the server does; the recipient's local part says what becomes of a mail.
    ///
    /// `rejected@` is answered with 550, `later@` with 451, `dropped@` is kept and then the
    /// connection is cut before any answer.
    package struct Options: Sendable {
        /// Offers STARTTLS.
        package var hasTLS: Bool
        /// Wants `user` with `secret` first.
        package var needsLogin: Bool
        /// 0 for one of its own.
        package var port: Int

        package init(hasTLS: Bool = true, needsLogin: Bool = false, port: Int = 0) {
            self.hasTLS = hasTLS
            self.needsLogin = needsLogin
            self.port = port
        }
    }

    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    package let port: Int
    /// The certificate to trust (PEM), for `localhost`.
    package let certificate: String
    private let folder: String
    private let process: ChildProcess

    /// Starts the server; returns when it listens.
    ///
    /// Blocks for as long as Python takes to start.
    package init(_ options: Options = Options()) throws {
        folder = NSTemporaryDirectory() + "/gw-mail-\(UUID().uuidString.prefix(8))"
        certificate = folder + "/certificate.pem"
        try FileManager.default.createDirectory(
            atPath: folder + "/mails",
            withIntermediateDirectories: true
        )
        try Self.makeCertificate(in: folder)
        let python = Self.root + "/.build/python/bin/python"
        guard access(python, X_OK) == 0 else {
            throw Failure(description: "there is no \(python); run .ci/python")
        }
        let asked = try options.port == 0 ? Socket.freePort() : options.port
        let output = Pipe()
        process = try ChildProcess(
            [
                python, "-c", Self.script, folder, "\(asked)", options.hasTLS ? "tls" : "",
                options.needsLogin ? "login" : "",
            ],
            streams: .init(output: .descriptor(output.fileHandleForWriting.fileDescriptor))
        )
        try output.fileHandleForWriting.close()
        guard let line = output.fileHandleForReading.line(),
            let port = Int(String(decoding: line.dropLast(), as: UTF8.self))
        else {
            process.signal(SIGKILL)
            throw Failure(description: "the mail server did not say its port")
        }
        self.port = port
    }

    /// Ends the server at once, as a crash would.
    package func stop() {
        process.signal(SIGKILL)
        _ = try? process.wait()
    }

    package func remove() {
        stop()
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// The mails that arrived, in their order.
    package func mails() throws -> [String] {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder + "/mails").sorted()
        return try names.map {
            String(
                decoding: try Data(contentsOf: URL(filePath: "\(folder)/mails/\($0)")),
                as: UTF8.self
            )
        }
    }

    private static let root: String = {
        var path = #filePath.split(separator: "/")
        path.removeLast(3)
        return "/" + path.joined(separator: "/")
    }()

    private static func makeCertificate(in folder: String) throws {
        _ = try ChildProcess.output(of: [
            "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj",
            "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout",
            folder + "/key.pem", "-out", folder + "/certificate.pem",
        ])
    }

    private static let script = """
        import asyncio, itertools, ssl, sys
        from aiosmtpd.smtp import SMTP, AuthResult

        folder, port, tls, login = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]
        number = itertools.count()

        class Handler:
            async def handle_RCPT(self, server, session, envelope, address, options):
                if address.startswith("rejected@"):
                    return "550 5.1.1 no such mailbox"
                if address.startswith("later@"):
                    return "451 4.3.0 try again later"
                envelope.rcpt_tos.append(address)
                return "250 OK"

            async def handle_DATA(self, server, session, envelope):
                name = "%s/mails/%06d" % (folder, next(number))
                with open(name, "wb") as file:
                    file.write(("X-From: %s\\n" % envelope.mail_from).encode())
                    file.write(("X-To: %s\\n" % ",".join(envelope.rcpt_tos)).encode())
                    file.write(("X-TLS: %s\\n" % (session.ssl is not None)).encode())
                    file.write(envelope.content)
                if envelope.rcpt_tos[0].startswith("dropped@"):
                    server.transport.abort()
                    await asyncio.sleep(3600)
                return "250 taken"

        def authenticate(server, session, envelope, mechanism, data):
            good = data.login == b"user" and data.password == b"secret"
            return AuthResult(success=good)

        def protocol():
            context = None
            if tls:
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                context.load_cert_chain(folder + "/certificate.pem", folder + "/key.pem")
            return SMTP(Handler(), hostname="localhost", tls_context=context,
                authenticator=authenticate if login else None, auth_required=bool(login),
                auth_require_tls=bool(tls))

        async def main():
            server = await asyncio.get_running_loop().create_server(protocol, "127.0.0.1", port)
            print(server.sockets[0].getsockname()[1], flush=True)
            await server.serve_forever()

        asyncio.run(main())
        """
}
