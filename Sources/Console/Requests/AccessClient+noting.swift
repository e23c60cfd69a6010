package import Domain

extension AccessClient {
    /// The same with a note for everybody who comes in, and when they go.
    ///
    /// Without the first note nobody comes in. The last one must not keep anybody: a session that
    /// is to end ends, and the failure is told to `lost`.
    package func noting(
        coming: @escaping @Sendable (Identity) async throws -> Void,
        going: @escaping @Sendable (Caller) async throws -> Void,
        lost: @escaping @Sendable (any Error) -> Void
    ) -> AccessClient {
        let (signIn, verify, resume, signOut) = (signIn, verify, resume, signOut)
        var client = self
        client.signIn = { email, password in
            let answer = try await signIn(email, password)
            if case .signedIn(let identity) = answer { try await coming(identity) }
            return answer
        }
        client.verify = { token, code in
            let identity = try await verify(token, code)
            try await coming(identity)
            return identity
        }
        client.resume = {
            let identity = try await resume()
            try await coming(identity)
            return identity
        }
        client.signOut = { caller in
            do {
                try await going(caller)
            } catch {
                lost(error)
            }
            try await signOut(caller)
        }
        return client
    }
}
