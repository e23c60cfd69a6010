import Foundation
import Glibc
import NIOSSL

extension CertificateFiles {
    /// Refuses files that TLS could not be spoken with, before anything is started.
    ///
    /// - Throws: ``SettingProblem``, which names the setting and the file.
    func check() throws(SettingProblem) {
        let chain = try chain()
        let secret = try privateKey()
        do {
            _ = try NIOSSLContext(
                configuration: .makeServerConfiguration(
                    certificateChain: chain.map { .certificate($0) },
                    privateKey: .privateKey(secret)
                )
            )
        } catch NIOSSLError.failedToLoadPrivateKey {
            // It was read above: what is refused is the pair.
            throw Self.problem(
                SettingRegistry.certificateKey,
                "the key in \(key) does not belong to the certificate in \(certificate)",
                hint: "The certificate itself stands first in its file, those above it follow."
            )
        } catch {
            throw Self.problem(
                SettingRegistry.certificate,
                "\(certificate) and \(key) cannot be used: \(error)"
            )
        }
    }

    private func chain() throws(SettingProblem) -> [NIOSSLCertificate] {
        let bytes = try Self.read(certificate, SettingRegistry.certificate)
        guard let chain = try? NIOSSLCertificate.fromPEMBytes(bytes), !chain.isEmpty else {
            throw Self.problem(
                SettingRegistry.certificate,
                "there is no certificate in \(certificate)",
                hint: "PEM is read, which begins with -----BEGIN CERTIFICATE-----."
            )
        }
        return chain
    }

    private func privateKey() throws(SettingProblem) -> NIOSSLPrivateKey {
        let bytes = try Self.read(key, SettingRegistry.certificateKey)
        if let secret = try? NIOSSLPrivateKey(bytes: bytes, format: .pem) { return secret }
        guard bytes.firstRange(of: Array("ENCRYPTED".utf8)) == nil else {
            throw Self.problem(
                SettingRegistry.certificateKey,
                "the key in \(key) is locked with a passphrase",
                hint: "A key without one is needed, in a file that is closed to others."
            )
        }
        throw Self.problem(
            SettingRegistry.certificateKey,
            "there is no private key in \(key)",
            hint: "PEM is read, which begins with -----BEGIN PRIVATE KEY-----."
        )
    }

    private static func read(
        _ path: String,
        _ setting: any SettingDescription
    ) throws(SettingProblem) -> [UInt8] {
        var status = stat()
        guard stat(path, &status) == 0 else {
            if errno == ENOENT { throw problem(setting, "there is no file \(path)") }
            throw problem(setting, "\(path) cannot be read: \(String(cString: strerror(errno)))")
        }
        guard status.st_mode & S_IFMT != S_IFDIR else {
            throw problem(setting, "\(path) is a folder, no file")
        }
        // It is read once more when the server starts.
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw problem(setting, "\(path) is no regular file")
        }
        guard access(path, R_OK) == 0, let content = FileManager.default.contents(atPath: path)
        else {
            throw problem(setting, "\(path) cannot be read: \(String(cString: strerror(errno)))")
        }
        guard !content.isEmpty else { throw problem(setting, "the file \(path) is empty") }
        return Array(content)
    }

    private static func problem(
        _ setting: any SettingDescription,
        _ phrase: String,
        hint: String? = nil
    ) -> SettingProblem {
        SettingProblem("Setting \(setting.name): \(phrase).", hint: hint)
    }
}
