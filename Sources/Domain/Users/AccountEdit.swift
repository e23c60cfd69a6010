/// What changes about a person; nil leaves it.
package struct AccountEdit: Hashable, Sendable {
    package let name: String?
    package let locale: String?
    /// The zone in which the person reads times; empty takes it away.
    package let timeZone: String?

    /// The languages in which the product writes to people.
    package static let locales = ["en", "ar"]

    /// - Throws: A validation error that names every wrong field.
    package init(
        name: String?,
        locale: String?,
        timeZone: String? = nil
    ) throws(DomainError) {
        guard name != nil || locale != nil || timeZone != nil else {
            throw .invalid("name", "or locale must be given")
        }
        if let name {
            self.name = try Validation.text(name, field: "name", length: 1...200)
        } else {
            self.name = nil
        }
        if let locale, !Self.locales.contains(locale) {
            throw .invalid("locale", "must be one of \(Self.locales.joined(separator: ", "))")
        }
        self.locale = locale
        if let timeZone, !timeZone.isEmpty, !TimeZoneName.isShaped(timeZone) {
            throw TimeZoneName.unknown
        }
        self.timeZone = timeZone
    }
}
