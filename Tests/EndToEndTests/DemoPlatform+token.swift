import Foundation
import Support
import Testing

extension DemoPlatform {
    /// The access token of somebody of the demonstration, from a server on a port.
    static func token(
        _ port: Int,
        of email: String = "omar@acme-charity.example",
        workspace: String? = nil
    ) throws -> String {
        let place = workspace.map { #","workspace":"\#($0)""# } ?? ""
        let ask = HTTPAsk(
            "POST",
            "/api/v1/auth/login",
            body: #"{"email":"\#(email)","password":"\#(password)"\#(place)}"#
        )
        guard case .reply(let reply)? = HTTPConnection(port: port)?.ask(ask) else {
            throw CocoaError(.fileReadUnknown)
        }
        return try #require(reply.object["access_token"] as? String)
    }
}
