/// The name that the file of an export gets when none is given.
package enum ExportName {
    /// `members-acme-20260302T101400Z.csv`: of what, when, and in which format.
    package static func proposal(
        _ stem: String,
        _ format: ExportFormat,
        at now: Instant
    ) -> String {
        let safe = stem.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") ? $0 : "-" }
        let time = now.rfc3339.prefix(19).filter { $0 != "-" && $0 != ":" }
        return "\(String(safe))-\(time)Z.\(format.rawValue)"
    }
}
