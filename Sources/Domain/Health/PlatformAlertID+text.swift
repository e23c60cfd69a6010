/// An alert's name, as people and programs give it back: `mails`, or `silent:HOST TIME`.
extension PlatformAlert.ID: LosslessStringConvertible {
    package init?(_ description: String) {
        let parts = description.split(
            separator: ":",
            maxSplits: 1,
            omittingEmptySubsequences: false
        )
        guard let kind = PlatformAlert.Kind(rawValue: String(parts[0])) else { return nil }
        // Only of processes there are several.
        guard (kind == .silent) == (parts.count == 2), parts.last?.isEmpty == false else {
            return nil
        }
        self.init(kind, parts.count == 2 ? String(parts[1]) : "")
    }

    package var description: String {
        subject.isEmpty ? kind.rawValue : "\(kind.rawValue):\(subject)"
    }
}

extension PlatformAlert {
    /// Reads the names of the alerts that somebody saw to.
    ///
    /// - Throws: A validation error of the field `alerts`.
    package static func ids(_ names: [String]) throws(DomainError) -> [ID] {
        guard (1...100).contains(names.count) else {
            throw .invalid("alerts", "must be 1 to 100 names of alerts")
        }
        var ids: [ID] = []
        for name in names {
            guard let id = ID(name) else {
                throw .invalid("alerts", "must be names of alerts, as the list of alerts has them")
            }
            guard !ids.contains(id) else {
                throw .invalid("alerts", "must name each alert once")
            }
            ids.append(id)
        }
        return ids
    }
}
