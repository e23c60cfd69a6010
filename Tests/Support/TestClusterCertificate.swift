import Foundation

/// A certificate authority and a server certificate of it, made for one test.
public struct TestCertificate: Sendable {
    /// The authority's certificate, PEM.
    public let authority: String
    /// The server's certificate, PEM.
    public let certificate: String
    /// The server's key, PEM.
    public let key: String

    /// Makes an authority and a certificate for a host name.
    ///
    /// - Parameter host: the only name the certificate is good for.
    /// - Throws: what `openssl` complained about.
    public init(host: String) throws {
        let folder = "\(NSTemporaryDirectory())/gwtest-tls-\(UUID())"
        try FileManager.default.createDirectory(
            atPath: folder,
            withIntermediateDirectories: true
        )
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
        try PostgresProgram.spawn(
            ["openssl", "req", "-x509", "-days", "2", "-subj", "/CN=test authority"] + key
                + ["-keyout", "\(folder)/ca.key", "-out", "\(folder)/ca.crt"]
        )
        try PostgresProgram.spawn(
            ["openssl", "req", "-x509", "-days", "2", "-subj", "/CN=\(host)"] + key
                + ["-CA", "\(folder)/ca.crt", "-CAkey", "\(folder)/ca.key"]
                + ["-addext", "subjectAltName=DNS:\(host)"]
                + ["-addext", "basicConstraints=critical,CA:FALSE"]
                + ["-keyout", "\(folder)/server.key", "-out", "\(folder)/server.crt"]
        )
        func text(_ name: String) throws -> String {
            try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
        }
        authority = try text("ca.crt")
        certificate = try text("server.crt")
        self.key = try text("server.key")
    }
}
