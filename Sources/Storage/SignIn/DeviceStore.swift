package import Domain
package import Postgres

/// Devices from which a person has signed in before.
package enum DeviceStore {
    /// How many a person can have; the one that was used longest ago gives way.
    private static let most: Int32 = 10

    package static func isKnown(
        _ deviceHash: [UInt8],
        to address: EmailAddress,
        in scope: Scope
    ) throws -> Bool {
        let rows = try scope.query(
            """
            SELECT EXISTS (SELECT FROM known_devices AS d
                JOIN users AS u ON u.id = d.user_id
                WHERE u.email_norm = \(address.normalized) AND d.device_hash = \(deviceHash))
                AS known
            """
        )
        return try rows.first?.decode("known") ?? false
    }

    /// Notes that a person signed in from a device.
    package static func note(_ deviceHash: [UInt8], of user: UserID) -> [SQL] {
        [
            """
            INSERT INTO known_devices (user_id, device_hash) VALUES (\(user), \(deviceHash))
            ON CONFLICT ON CONSTRAINT known_devices_pkey DO UPDATE
            SET last_used_at = clock_timestamp()
            """,
            """
            DELETE FROM known_devices AS d
            WHERE d.user_id = \(user) AND d.device_hash NOT IN (
                SELECT k.device_hash FROM known_devices AS k WHERE k.user_id = \(user)
                ORDER BY k.last_used_at DESC LIMIT \(most))
            """,
        ]
    }

    /// Forgets a person's devices but one.
    package static func forgetAll(of user: UserID, but kept: [UInt8]?) -> SQL {
        """
        DELETE FROM known_devices
        WHERE user_id = \(user) AND (\(kept)::bytea IS NULL OR device_hash <> \(kept))
        """
    }

    package static func forget(before time: Instant) -> SQL {
        "DELETE FROM known_devices WHERE last_used_at < \(time)"
    }
}
