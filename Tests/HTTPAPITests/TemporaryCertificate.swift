import Foundation
import Support

@testable import HTTPAPI

/// A self-signed certificate of one test, and a client that does not mind.
struct TemporaryCertificate: Sendable {
    let files: TLSFiles
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory
            .appending(path: "ghostworks-tls-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        files = TLSFiles(
            certificatePath: folder.appending(path: "certificate.pem").path,
            keyPath: folder.appending(path: "key.pem").path
        )
        _ = try ChildProcess.output(of: [
            "openssl", "req", "-x509", "-newkey", "ed25519", "-nodes", "-days", "1", "-subj",
            "/CN=localhost", "-keyout", files.keyPath, "-out", files.certificatePath,
        ])
    }

    /// The answer to a GET over TLS.
    func ask(port: Int, path: String) async throws -> String {
        try await WaitingThreads.run {
            try ChildProcess.output(
                of: [
                    "openssl", "s_client", "-quiet", "-ign_eof", "-connect", "127.0.0.1:\(port)",
                ],
                input: "GET \(path) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
            )
        }
    }

    func remove() {
        try? FileManager.default.removeItem(at: folder)
    }
}
