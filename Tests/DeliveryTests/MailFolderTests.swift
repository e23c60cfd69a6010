import Foundation
import Testing

@testable import Delivery

@Suite struct MailFolderTests {
    private let folder = NSTemporaryDirectory() + "/gw-eml-\(UUID().uuidString.prefix(8))"

    private func remove() {
        try? FileManager.default.removeItem(atPath: folder)
    }

    @Test func `a mail becomes a file that only its owner reads, once`() async throws {
        defer { remove() }
        let transport = MailTransport.files(in: folder)
        try await transport.send(try Samples.message())
        try await transport.send(try Samples.message())
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(names == ["0199-test.eml"])
        let path = folder + "/0199-test.eml"
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        let bytes = Array(try Data(contentsOf: URL(filePath: path)))
        #expect(bytes == (try Samples.message().bytes()))
        let home = try FileManager.default.attributesOfItem(atPath: folder)
        #expect(home[.posixPermissions] as? Int == 0o700)
    }

    @Test func `a folder that cannot be made is worth another try`() async throws {
        try Data().write(to: URL(filePath: folder))
        defer { remove() }
        let transport = MailTransport.files(in: folder + "/below")
        let message = try Samples.message()
        let failure = await #expect(throws: DeliveryFailure.self) {
            try await transport.send(message)
        }
        #expect(failure?.kind == .transient)
    }
}
