/// What a new password must be: long, not common, not the mail address.
///
/// It asks nothing about the characters. Stored passwords are verified whatever they are; this is asked of new ones only.
package struct PasswordPolicy: Sendable {
    /// The fewest characters (code points).
    package static let shortest = 12
    /// The most bytes: 256 characters of any script, and of most scripts more.
    package static let longest = 1_024

    private let field: String

    /// - Parameter field: what the input calls the password.
    package init(field: String = "password") {
        self.field = field
    }

    /// Checks a password, exactly as received.
    ///
    /// - Throws: `password_policy`, with what is wrong and what would help.
    package func check(_ password: [UInt8], email: EmailAddress?) throws(DomainError) {
        guard password.count <= Self.longest else {
            throw refusal("must have at most \(Self.longest) bytes; got \(password.count)")
        }
        guard let text = String(validating: password, as: UTF8.self), !password.contains(0) else {
            throw refusal("must be UTF-8 text without NUL characters")
        }
        let count = text.unicodeScalars.count
        guard count >= Self.shortest else {
            throw refusal("must have at least \(Self.shortest) characters; got \(count)")
        }
        let plain = PlainPassword(text)
        if let email, !plain.forms.isDisjoint(with: Self.forms(of: email)) {
            throw refusal("must not be the mail address or a part of it")
        }
        guard !plain.isShortRepetition, plain.forms.isDisjoint(with: CommonPasswords.all) else {
            throw refusal("must not be one of the commonest passwords, or one dressed up")
        }
    }

    private static func forms(of email: EmailAddress) -> Set<String> {
        let local = String(email.normalized.prefix { $0 != "@" })
        return PlainPassword(email.normalized).forms
            .union(PlainPassword(local).forms)
    }

    private func refusal(_ problem: String) -> DomainError {
        DomainError(
            .invalid([FieldProblem(field, problem)]),
            .passwordPolicy,
            "The password \(problem).",
            hint: "Several words in a row are hard to guess and easy to keep in mind."
        )
    }
}

/// A password without its dress: in lower case, without what is put before and behind a word, and
/// once where it repeats itself.
struct PlainPassword {
    /// The password and all its plainer forms.
    let forms: Set<String>
    /// Whether it is up to three characters over and over.
    let isShortRepetition: Bool

    init(_ password: String) {
        var forms: Set<[Unicode.Scalar]> = []
        var open = [Array(password.lowercased().unicodeScalars)]
        var shortest = Int.max
        while let form = open.popLast() {
            guard !form.isEmpty, forms.insert(form).inserted else { continue }
            let unit = Self.unit(of: form)
            if unit.count < form.count { shortest = min(shortest, unit.count) }
            open += [unit, Self.withoutEnd(form), Self.withoutStart(form)]
        }
        self.forms = Set(forms.map(Self.text))
        isShortRepetition = shortest <= 3
    }

    private static func text(_ scalars: [Unicode.Scalar]) -> String {
        String(String.UnicodeScalarView(scalars))
    }

    /// The part that the whole is a repetition of; the whole when there is none.
    private static func unit(of form: [Unicode.Scalar]) -> [Unicode.Scalar] {
        let size = (1...form.count).first { size in
            form.count.isMultiple(of: size)
                && form.indices.allSatisfy { form[$0] == form[$0 % size] }
        }
        return Array(form.prefix(size ?? form.count))
    }

    private static func withoutEnd(_ form: [Unicode.Scalar]) -> [Unicode.Scalar] {
        kernel(Array(form.reversed().drop { !isLetter($0) }.reversed()), of: form)
    }

    private static func withoutStart(_ form: [Unicode.Scalar]) -> [Unicode.Scalar] {
        kernel(Array(form.drop { !isLetter($0) }), of: form)
    }

    /// What is left, unless most of the form was taken: that is no dress, but the password itself.
    private static func kernel(
        _ rest: [Unicode.Scalar],
        of form: [Unicode.Scalar]
    ) -> [Unicode.Scalar] {
        rest.count * 2 >= form.count ? rest : []
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic
    }
}
