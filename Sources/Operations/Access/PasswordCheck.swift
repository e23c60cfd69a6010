import Domain
import Sealing

/// The hasher with its failures in the words of this floor.
struct PasswordCheck {
    private let hasher: PasswordHasher

    /// The fewest bytes of a new password.
    static let shortest = 8

    init(_ hasher: PasswordHasher) {
        self.hasher = hasher
    }

    func verify(_ password: [UInt8], against stored: String?) async throws(DomainError) -> Bool {
        do {
            return try await hasher.verify(password, against: stored)
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

    /// - Throws: A validation error for a password that is too short.
    static func checkNew(_ password: [UInt8]) throws(DomainError) {
        guard password.count >= shortest else {
            throw .invalid("password", "must have at least \(shortest) bytes")
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
