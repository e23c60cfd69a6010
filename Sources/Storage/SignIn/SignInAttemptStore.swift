package import Domain
package import Postgres

/// How often people tried to sign in and did not: by minute, mail address (hashed) and network.
package enum SignInAttemptStore {
    package static func count(
        emailHash: [UInt8],
        network: AddressPrefix,
        reason: SignInAttempts.Reason
    ) -> SQL {
        """
        INSERT INTO auth_attempts AS a (month, minute, email_hash, ip_prefix, count, last_reason)
        SELECT date_trunc('month', now.at AT TIME ZONE 'UTC')::date, date_trunc('minute', now.at),
            \(emailHash), \(network.description), 1, \(reason.rawValue)
        FROM (SELECT statement_timestamp() AS at) AS now
        ON CONFLICT ON CONSTRAINT auth_attempts_pkey DO UPDATE
        SET count = a.count + 1, last_reason = excluded.last_reason
        """
    }

    /// The same for many that came before their delay was over: counted in memory, written at once.
    ///
    /// In one order, so that two processes never wait for each other.
    package static func count(_ delayed: [DelayedTries: Int]) -> SQL {
        let ordered = delayed.sorted { $0.key < $1.key }
        return """
            INSERT INTO auth_attempts AS a
                (month, minute, email_hash, ip_prefix, count, last_reason)
            SELECT date_trunc('month', t.minute AT TIME ZONE 'UTC')::date, t.minute,
                t.email_hash, t.ip_prefix, t.count, \(SignInAttempts.Reason.delayed.rawValue)
            FROM unnest(\(ordered.map { $0.key.minute.timestamp })::timestamptz[],
                \(ordered.map(\.key.emailHash))::bytea[],
                \(ordered.map(\.key.network.description))::text[],
                \(ordered.map { Int32(clamping: $0.value) })::integer[])
                AS t (minute, email_hash, ip_prefix, count)
            ON CONFLICT ON CONSTRAINT auth_attempts_pkey DO UPDATE
            SET count = a.count + excluded.count, last_reason = excluded.last_reason
            """
    }

    /// One page of the tries with a mail address, the last minute first, and one row more.
    package static func page(emailHash: [UInt8], _ request: PageRequest) throws -> SQL {
        var statement: SQL = """
            SELECT a.minute, a.ip_prefix, a.count, a.last_reason
            FROM auth_attempts AS a
            WHERE a.email_hash = \(emailHash)
            """
        if let position = request.after {
            statement += """
                 AND (a.minute, a.ip_prefix) < (\(try position.instant(at: 0)),
                    \(try position.text(at: 1)))
                """
        }
        statement += " ORDER BY a.minute DESC, a.ip_prefix DESC LIMIT \(request.limit + 1)"
        return statement
    }

    package static func attempts(_ row: Row) throws -> SignInAttempts {
        SignInAttempts(
            minute: try row.decode("minute"),
            network: try row.decode("ip_prefix"),
            count: Int(try row.decode("count", as: Int32.self)),
            lastReason: try row.decode("last_reason", raw: SignInAttempts.Reason.self)
        )
    }

    package static func forget(before time: Instant) -> SQL {
        "DELETE FROM auth_attempts WHERE minute < \(time)"
    }
}
