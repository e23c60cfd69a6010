package import Domain
package import Postgres

/// Answers that are kept to be given again to the same person for the same question.
package enum ResponseCacheStore {
    package static func find(_ key: [UInt8], in tenant: TenantID) -> SQL {
        """
        SELECT r.reply, r.saved_nano
        FROM ai_response_cache AS r
        WHERE r.tenant_id = \(tenant) AND r.cache_key = \(key)
          AND r.expires_at > statement_timestamp()
        """
    }

    /// The answer and what it would have cost, in nano-USD; nil for a row that is not understood.
    package static func hit(_ row: Row) throws -> (answer: ChatAnswer, savedNano: Int64)? {
        guard let answer = ChatAnswer(try row.decode("reply", as: JSONValue.self)) else {
            return nil
        }
        return (answer, try row.decode("saved_nano"))
    }

    /// Keeps an answer; one that is there already is replaced, and goes with its new person.
    package static func keep(
        _ answer: ChatAnswer,
        as key: [UInt8],
        seconds: Int,
        of user: UserID,
        in tenant: TenantID
    ) -> SQL {
        """
        INSERT INTO ai_response_cache AS r (tenant_id, cache_key, user_id, model, reply,
            saved_nano, expires_at)
        VALUES (\(tenant), \(key), \(user), \(answer.model), \(stored(answer)),
            \(answer.use.chargeNano), clock_timestamp() + \(Int64(seconds)) * interval '1 second')
        ON CONFLICT ON CONSTRAINT ai_response_cache_pkey DO UPDATE
        SET user_id = excluded.user_id, model = excluded.model, reply = excluded.reply,
            saved_nano = excluded.saved_nano, created_at = excluded.created_at,
            expires_at = excluded.expires_at
        """
    }

    /// PostgreSQL stores no NUL; a model may write one.
    private static func stored(_ answer: ChatAnswer) -> JSONValue {
        var answer = answer
        answer.text = answer.text.replacing("\0", with: "")
        return answer.json
    }

    /// The line of the usage log for an answer that was given again: it took nothing, and what it
    /// would have cost was saved.
    package static func note(
        _ answer: ChatAnswer,
        savedNano: Int64,
        purpose: String,
        channel: AICall.Channel,
        user: UserID?,
        key: APIKeyID?,
        in tenant: TenantID
    ) -> SQL {
        """
        INSERT INTO ai_usage_log (tenant_id, request_id, entry_no, month, kind, model, purpose,
            channel, user_id, api_key_id, saved_nano, created_at)
        SELECT \(tenant), \(answer.id), 1, date_trunc('month', n.moment AT TIME ZONE 'UTC')::date,
            'cache_hit', \(answer.model), \(purpose), \(channel.rawValue), \(user), \(key),
            \(savedNano), n.moment
        FROM clock_timestamp() AS n (moment)
        """
    }

    /// Forgets all answers of a tenant.
    package static func clear(_ tenant: TenantID) -> SQL {
        "DELETE FROM ai_response_cache AS r WHERE r.tenant_id = \(tenant)"
    }
}
