package import Domain
import FoundationEssentials
package import Postgres

/// The register of keys: names and times, for platform and system contexts.
package enum InstalledKeyStore {
    /// Lets one rotation at a time pass, until the end of the transaction.
    package static let lock: SQL = """
        SELECT pg_advisory_xact_lock(hashtext('ghostworks.keys'))
        """

    /// Every key, the newest of each kind first.
    package static let list: SQL = """
        SELECT k.kind, k.kid, k.not_before, coalesce(k.retired_at, k.superseded_at) AS until,
            CASE WHEN k.retired_at IS NOT NULL THEN 'retired'
                WHEN k.superseded_at IS NOT NULL THEN 'ended'
                ELSE 'current' END AS state
        FROM installed_keys AS k
        ORDER BY k.kind, k.not_before DESC, k.kid
        """

    package static func key(_ row: Row) throws -> InstalledKey {
        InstalledKey(
            kind: try row.decode("kind", raw: KeyKind.self),
            kid: try row.decode("kid"),
            since: try row.decode("not_before"),
            until: try row.decode("until"),
            state: try row.decode("state", raw: InstalledKey.State.self)
        )
    }

    /// The keys of a kind as they are now, the current one first; others are retired.
    ///
    /// `proof` is something that only the current key opens.
    package static func register(
        _ kind: KeyKind,
        _ kids: [String],
        proof: [UInt8]? = nil
    ) -> [SQL] {
        let current = kids.first ?? ""
        return [
            """
            INSERT INTO installed_keys AS k (kind, kid, proof)
            VALUES (\(kind.rawValue), \(current), \(proof))
            ON CONFLICT ON CONSTRAINT installed_keys_pkey DO UPDATE
            SET superseded_at = NULL, retired_at = NULL
            WHERE k.superseded_at IS NOT NULL
            """,
            """
            UPDATE installed_keys
            SET superseded_at = coalesce(superseded_at, clock_timestamp()),
                retired_at = CASE WHEN kid = ANY (\(kids)) THEN NULL
                    ELSE coalesce(retired_at, clock_timestamp()) END
            WHERE kind = \(kind.rawValue) AND kid <> \(current)
              AND (superseded_at IS NULL OR (retired_at IS NULL) <> (kid = ANY (\(kids))))
            """,
        ]
    }

    /// The public halves of signing keys, for those who look into the database.
    package static func publish(
        _ kid: String,
        publicKey: [UInt8],
        reference: String
    ) -> SQL {
        """
        INSERT INTO signing_keys (kid, algorithm, public_key, private_ref)
        VALUES (\(kid), 'EdDSA', \(publicKey), \(reference))
        ON CONFLICT ON CONSTRAINT signing_keys_pkey DO NOTHING
        """
    }

    package static func endPublication(except kids: [String]) -> SQL {
        """
        UPDATE signing_keys
        SET not_after = clock_timestamp()
        WHERE kid <> ALL (\(kids)) AND not_after IS NULL
        """
    }

    /// What the keys that seal left to be known by.
    package static let proofs: SQL = """
        SELECT k.kid, k.proof
        FROM installed_keys AS k
        WHERE k.kind = 'sealing' AND k.retired_at IS NULL AND k.proof IS NOT NULL
        ORDER BY k.not_before DESC
        """

    package static func proof(_ row: Row) throws -> (kid: String, proof: [UInt8]) {
        (try row.decode("kid"), try row.decode("proof"))
    }

    /// The kinds whose current key has been in use for longer than so many days.
    package static func overdue(days: Int64) -> SQL {
        """
        SELECT k.kind
        FROM installed_keys AS k
        WHERE k.superseded_at IS NULL
          AND k.not_before < statement_timestamp() - make_interval(days => \(days)::integer)
        ORDER BY k.kind
        """
    }

    package static func kind(_ row: Row) throws -> KeyKind {
        try row.decode("kind", raw: KeyKind.self)
    }
}
