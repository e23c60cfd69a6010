import Foundation
import Support
import Testing

/// What `serve` refuses before it starts anything: files of TLS, and addresses.
@Suite(WaitsForPrograms()) struct ServeSettingTests {
    /// Runs `serve` where it must not come as far as its database.
    private func refusal(_ shell: Shell, _ options: [String]) throws -> [String] {
        let ending = try shell.run(["serve", "--admin-port", "0"] + options)
        #expect(ending.status == 2)
        #expect(!FileManager.default.fileExists(atPath: shell.folder + "/data"))
        return ending.errors.split(separator: "\n").map(String.init)
    }

    private func refusal(certificate: String, key: String, in shell: Shell) throws -> String {
        let options = ["--port", "0", "--tls-certificate", certificate, "--tls-key", key]
        return try refusal(shell, options).first ?? ""
    }

    @Test func `a file that is no certificate is told from one that is missing`() throws {
        let shell = try Shell()
        defer { shell.remove() }
        let key = try shell.file("key.pem", try TestCertificate(host: "localhost").key)
        let empty = try shell.file("empty.pem", "")
        func sentence(_ path: String) throws -> String {
            try refusal(certificate: path, key: key, in: shell)
        }
        let setting = "ghostworks: Setting http.tls_certificate:"
        let missing = shell.folder + "/none.pem"
        #expect(try sentence(missing) == "\(setting) there is no file \(missing).")
        #expect(try sentence(empty) == "\(setting) the file \(empty) is empty.")
        let folder = shell.folder
        #expect(try sentence(folder) == "\(setting) \(folder) is a folder, no file.")
        let other = "/etc/passwd"
        #expect(try sentence(other) == "\(setting) there is no certificate in \(other).")
        #expect(try sentence("/dev/null") == "\(setting) /dev/null is no regular file.")
    }

    @Test func `a key is refused that is none, is locked, or is another certificate's`() throws {
        let shell = try Shell()
        defer { shell.remove() }
        let made = try TestCertificate(host: "localhost")
        let certificate = try shell.file("server.pem", made.certificate)
        func sentence(_ path: String) throws -> String {
            try refusal(certificate: certificate, key: path, in: shell)
        }
        let setting = "ghostworks: Setting http.tls_key:"
        let missing = shell.folder + "/none.pem"
        #expect(try sentence(missing) == "\(setting) there is no file \(missing).")
        let none = "\(setting) there is no private key in \(certificate)."
        #expect(try sentence(certificate) == none)
        let other = try shell.file("other.pem", try TestCertificate(host: "localhost").key)
        #expect(
            try sentence(other)
                == "\(setting) the key in \(other) does not belong to the certificate in "
                + "\(certificate)."
        )
        let plain = try shell.file("plain.pem", made.key)
        let locked = try ChildProcess.output(of: [
            "openssl", "pkcs8", "-topk8", "-in", plain, "-passout", "pass:secret",
        ])
        let path = try shell.file("locked.pem", locked)
        #expect(
            try sentence(path) == "\(setting) the key in \(path) is locked with a passphrase."
        )
    }

    @Test func `a host that nobody knows, or that is another machine's, is named`() throws {
        let shell = try Shell()
        defer { shell.remove() }
        let unknown = try refusal(shell, ["--host", "nonsense.invalid", "--port", "0"])
        let start = "ghostworks: Setting http.host: no address of the host nonsense.invalid"
        #expect(unknown.first?.hasPrefix(start + " can be found (") == true, "\(unknown)")
        #expect(unknown.count == 2)
        let foreign = try refusal(shell, ["--host", "192.0.2.1", "--port", "0"])
        let sentence = "ghostworks: Setting http.host: this machine has no address 192.0.2.1."
        #expect(foreign.first == sentence)
        var other = shell
        other.environment["GHOSTWORKS_HTTP_ADMIN_HOST"] = "192.0.2.1"
        let metrics = try refusal(other, ["--port", "0"])
        let second = "ghostworks: Setting http.admin_host: this machine has no address 192.0.2.1."
        #expect(metrics.first == second)
    }
}
