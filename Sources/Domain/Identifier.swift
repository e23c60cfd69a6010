package import FoundationEssentials

/// A UUID that knows what it identifies, so that a tenant's id cannot be passed for a user's.
package struct Identifier<Entity>: Hashable, Sendable, CustomStringConvertible {
    package let uuid: UUID

    package init(_ uuid: UUID) {
        self.uuid = uuid
    }

    /// Parses the hyphenated form; nil when `text` is no UUID.
    package init?(_ text: String) {
        guard let uuid = UUID(uuidString: text) else { return nil }
        self.uuid = uuid
    }

    /// The lower-case hyphenated form that people and machines see.
    package var description: String { uuid.canonicalText }
}

extension UUID {
    /// The lower-case hyphenated form (RFC 9562, section 4), which every answer holds several of.
    package var canonicalText: String {
        withUnsafeBytes(of: uuid) { bytes in
            String(unsafeUninitializedCapacity: 36) { text in
                var end = 0
                for (index, byte) in bytes.enumerated() {
                    if [4, 6, 8, 10].contains(index) {
                        text[end] = UInt8(ascii: "-")
                        end += 1
                    }
                    text[end] = Self.digit(byte >> 4)
                    text[end + 1] = Self.digit(byte & 15)
                    end += 2
                }
                return end
            }
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}

package typealias TenantID = Identifier<Tenant>
package typealias UserID = Identifier<User>
package typealias SessionID = Identifier<Session>
package typealias SupportSessionID = Identifier<SupportSession>
package typealias ArtifactID = Identifier<Artifact>
package typealias AuditEventID = Identifier<AuditEvent>
package typealias ResealingID = Identifier<Resealing>
package typealias BudgetID = Identifier<Budget>
package typealias RoleID = Identifier<CustomRole>
package typealias InvitationID = Identifier<Invitation>
