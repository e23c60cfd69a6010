/// The themes that are compiled in, as YAML by name.
public enum Themes {
    /// Every theme; the first is used when nobody asks for another.
    public static let all: [(name: String, yaml: String)] = [
        ("ghost", text(PackageResources.ghost_yaml)),
        ("paper", text(PackageResources.paper_yaml)),
        ("midnight", text(PackageResources.midnight_yaml)),
        ("sepia", text(PackageResources.sepia_yaml)),
        ("ocean", text(PackageResources.ocean_yaml)),
        ("heron", text(PackageResources.heron_yaml)),
        ("contrast", text(PackageResources.contrast_yaml)),
        ("mono", text(PackageResources.mono_yaml)),
    ]

    /// The YAML of a theme, nil when there is none of that name.
    public static func yaml(named name: String) -> String? {
        all.first { $0.name == name }?.yaml
    }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
