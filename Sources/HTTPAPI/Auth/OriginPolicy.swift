import Domain
import HTTPTypes

// DESIGN
//
// A browser sends the cookie by itself, so the request must show that a page of ours asked for it
// (ASVS 3.5.1). SameSite=Strict keeps other sites out, but not other hosts of the same site.
//
// 1. With an Origin: one of the setting's, or the very host that was asked; `null` is nobody's.
// 2. Without one: only when Sec-Fetch-Site, which no script can write, says that the page is ours.
// 3. Neither is a refusal: whatever sends no such header has a body to put the token into.

/// Which pages may use the session's cookie.
struct OriginPolicy: Sendable {
    /// `https://app.example.org`, exactly as browsers send it.
    let allowed: Set<String>

    /// - Throws: `origin_refused`.
    func check(_ head: HTTPRequest) throws(DomainError) {
        let site = head.headerFields[.secFetchSite]?.lowercased()
        let origins = head.headerFields[values: .origin]
        guard origins.count <= 1 else { throw Self.refused }
        guard let origin = origins.first else {
            guard let site else { throw Self.unmarked }
            guard site == "same-origin" || site == "none" else { throw Self.refused }
            return
        }
        if allowed.contains(origin) { return }
        guard site == nil || site == "same-origin", let host = head.authority,
            ["https://\(host)", "http://\(host)"].contains(origin)
        else { throw Self.refused }
    }

    private static let refused = DomainError.forbidden(
        .originRefused,
        "This page may not use the session's cookie."
    )
    private static let unmarked = DomainError(
        .forbidden,
        .originRefused,
        "The session's cookie is for pages.",
        hint: "Other clients send the token as refresh_token in the body."
    )
}

extension HTTPField.Name {
    static let secFetchSite = named("Sec-Fetch-Site")
}
