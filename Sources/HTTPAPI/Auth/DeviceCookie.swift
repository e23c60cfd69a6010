import Domain
import HTTPTypes
import Operations

/// The cookie by which a device that signed in before is known.
///
/// With it strangers' failed tries do not keep its owner out. It opens nothing by itself.
enum DeviceCookie {
    static let name = "__Secure-ghostworks-device"
    private static let life = 180 * 86_400

    /// Goes only where a password is asked for.
    static func header(_ token: String) -> String {
        "\(name)=\(token); Max-Age=\(life); Path=/api/v1/auth; HttpOnly; Secure; SameSite=Strict"
    }

    /// The token that a request brings along.
    static func token(in fields: HTTPFields) -> String? {
        for header in fields[values: .cookie] {
            for pair in header.split(separator: ";") {
                let parts = pair.split(separator: "=", maxSplits: 1)
                if parts.count == 2, parts[0].trimmingSpaces == name {
                    return String(parts[1].trimmingSpaces)
                }
            }
        }
        return nil
    }
}

extension Exchange {
    /// What is known of the machine that asks.
    var client: ClientInfo {
        ClientInfo(
            userAgent: head.headerFields[.userAgent].map { String($0.prefix(255)) },
            ip: context.clientAddress,
            device: DeviceCookie.token(in: head.headerFields)
        )
    }
}

extension Answer {
    /// The answer that also gives the device something to be known by.
    func keeping(deviceToken: String?) -> Answer {
        guard let deviceToken else { return self }
        var answer = self
        answer.headers.append(
            HTTPField(name: .setCookie, value: DeviceCookie.header(deviceToken))
        )
        return answer
    }
}
