import Domain

@testable import Console

extension World {
    /// This console's session first; then others, some of which tell strange things.
    static let sessions: [LiveSession] = {
        let told: [(Session.Kind, String?, String?)] = [
            (.console, "ghostworks/0.1.0", nil),
            (.api, "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Firefox/128.0", "203.0.113.7"),
            (.shell, nil, "2001:db8:85a3:1234:5678:8a2e:370:7334"),
            (.api, hostileNames[0], "198.51.100.20"),
            (.api, hostileNames[1], nil),
        ]
        return told.enumerated().map { index, told in
            let minutes = Int64(index) * 1_500 + 5
            return LiveSession(
                session: Session(
                    id: id(90 + index),
                    user: ada.id,
                    kind: told.0,
                    tenant: nil,
                    expiresAt: now.advanced(by: .seconds(86_400 * (7 - Int64(index))))
                ),
                userAgent: told.1,
                ip: told.2,
                createdAt: ago(minutes),
                lastSeenAt: ago(minutes / 3)
            )
        }
    }()
}
