internal import Yams

/// What is wrong with a theme, and where.
public typealias ThemeError = YAMLFault

extension Theme {
    /// Reads a theme from YAML; `file` is the name that errors carry.
    public init(yaml: String, file: String) throws(ThemeError) {
        let parser = ThemeParser(file: file)
        self = try parser.theme(in: parser.document(yaml))
    }
}

private struct ThemeParser {
    let file: String

    func document(_ yaml: String) throws(ThemeError) -> Node.Mapping {
        do {
            guard let mapping = try Yams.compose(yaml: yaml, .basic)?.mapping else {
                throw error("must be a mapping with 'name', 'palette' and 'roles'", at: nil)
            }
            return mapping
        } catch let error as ThemeError {
            throw error
        } catch let error as YamlError {
            throw ThemeError(error, file: file, twice: "a key")
        } catch {
            throw self.error("cannot be read as YAML", at: nil)
        }
    }

    func theme(in mapping: Node.Mapping) throws(ThemeError) -> Theme {
        let known = ["name", "palette", "roles"]
        for key in mapping.keys where !known.contains(key.string ?? "") {
            throw error(
                "unknown key '\(key.string ?? "")'; known are name, palette, roles",
                at: key
            )
        }
        guard let nameNode = mapping["name"], let name = nameNode.string, !name.isEmpty else {
            throw error("'name' is missing", at: mapping["name"])
        }
        let palette = try palette(mapping["palette"])
        guard let rolesNode = mapping["roles"], let entries = rolesNode.mapping else {
            throw error("'roles' is missing or is no mapping", at: mapping["roles"])
        }
        var roles: [Role: Theme.RoleStyle] = [:]
        for (key, value) in entries {
            guard let role = Role(rawValue: key.string ?? "") else {
                throw error("unknown role '\(key.string ?? "")'", at: key)
            }
            roles[role] = try style(of: role, value, key: key, palette: palette)
        }
        if let missing = Role.allCases.first(where: { roles[$0] == nil }) {
            throw error("role '\(missing.rawValue)' is missing", at: rolesNode)
        }
        return Theme(name: name, roles: roles)
    }

    private func palette(_ node: Node?) throws(ThemeError) -> [String: Color] {
        guard let entries = node?.mapping else {
            throw error("'palette' is missing or is no mapping", at: node)
        }
        var palette: [String: Color] = [:]
        for (key, value) in entries {
            guard let name = key.string, let text = value.string, let color = Color(parsing: text)
            else {
                throw error(
                    "color '\(key.string ?? "")' must be '#rrggbb', 'default' or a name such as "
                        + "'bright-cyan'; got '\(value.string ?? "")'",
                    at: value
                )
            }
            palette[name] = color
        }
        return palette
    }

    private func style(
        of role: Role,
        _ node: Node,
        key: Node,
        palette: [String: Color]
    ) throws(ThemeError) -> Theme.RoleStyle {
        guard let entries = node.mapping else {
            throw error("role '\(role.rawValue)' must be a mapping", at: node)
        }
        let known = ["foreground", "background", "attributes", "monochrome"]
        for key in entries.keys where !known.contains(key.string ?? "") {
            throw error(
                "role '\(role.rawValue)' has the unknown key '\(key.string ?? "")'",
                at: key
            )
        }
        guard let monochrome = entries["monochrome"] else {
            throw error("role '\(role.rawValue)' lacks its 'monochrome' fallback", at: key)
        }
        return Theme.RoleStyle(
            foreground: try color(entries["foreground"], of: role, palette: palette),
            background: try color(entries["background"], of: role, palette: palette),
            attributes: try attributes(entries["attributes"], of: role),
            monochrome: try attributes(monochrome, of: role)
        )
    }

    private func color(
        _ node: Node?,
        of role: Role,
        palette: [String: Color]
    ) throws(ThemeError) -> Color {
        guard let node else { return .terminal }
        guard let name = node.string, let color = palette[name] else {
            throw error(
                "role '\(role.rawValue)' refers to '\(node.string ?? "")', which is not in the "
                    + "palette",
                at: node
            )
        }
        return color
    }

    private func attributes(
        _ node: Node?,
        of role: Role
    ) throws(ThemeError) -> Style.Attributes {
        guard let node else { return [] }
        let names: [String: Style.Attributes] = [
            "bold": .bold, "dim": .dim, "underline": .underline, "reverse": .reverse,
        ]
        guard let list = node.sequence else {
            throw error("role '\(role.rawValue)' needs a list such as [bold, reverse]", at: node)
        }
        var attributes: Style.Attributes = []
        for item in list {
            guard let attribute = names[item.string ?? ""] else {
                throw error(
                    "role '\(role.rawValue)' has the unknown attribute '\(item.string ?? "")'; "
                        + "known are bold, dim, underline, reverse",
                    at: item
                )
            }
            attributes.insert(attribute)
        }
        return attributes
    }

    private func error(_ reason: String, at node: Node?) -> ThemeError {
        ThemeError(file: file, line: node?.mark?.line ?? 1, reason: reason)
    }
}
