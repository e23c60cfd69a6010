import Domain
import Sealing

/// The hasher with its failures in the words of this floor.
struct PasswordCheck {
    private let hasher: PasswordHasher

    init(_ hasher: PasswordHasher) {
        self.hasher = hasher
    }

    /// - Throws: `too_many_requests` when a stranger's password could not be looked at now.
    func checkRoom() throws(DomainError) {
        do {
            try hasher.checkRoom()
        } catch {
            throw Self.translated(error)
        }
    }

    /// Whether the password is right.
    ///
    /// It never is under a pepper that this installation has no more: whoever has such a hash asks
    /// for a new password, and others are told nothing by it.
    func verify(
        _ password: [UInt8],
        against stored: String?,
        isPreferred: Bool = false
    ) async throws(DomainError) -> Bool {
        do {
            return try await hasher.verify(
                password,
                against: stored,
                isPreferred: isPreferred
            )
        } catch .unknownKey {
            return false
        } catch {
            throw Self.translated(error)
        }
    }

    func hash(_ password: [UInt8]) async throws(DomainError) -> String {
        do {
            return try await hasher.hash(password)
        } catch {
            throw Self.translated(error)
        }
    }

    private static func translated(_ error: SealingError) -> DomainError {
        switch error {
        case .queueFull(let wait):
            DomainError(
                .limited(retryAfter: wait),
                .tooManyRequests,
                "Too many people are signing in.",
                hint: "Try again in a moment."
            )
        case .cancelled:
            DomainError(.timeout, .timeout, "The request was cancelled.")
        default:
            DomainError(.internal, .internalError, "Something went wrong on our side.")
        }
    }
}
