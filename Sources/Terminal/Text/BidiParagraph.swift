internal import CFriBidi

/// One paragraph through the Unicode bidirectional algorithm (UAX #9), by FriBidi.
struct BidiParagraph {
    /// The embedding level of each scalar, in logical order.
    let levels: [Int]

    /// The logical position of each scalar, in visual order from the left.
    let positions: [Int]

    /// The scalars in the order of `positions`, mirrored and joined as was asked for; U+FEFF stands
    /// where the second letter of a ligature was.
    let scalars: [UInt32]

    /// Whether the paragraph as a whole runs from the right.
    let isRightToLeft: Bool

    /// Lays out scalars.
    ///
    /// - Parameters:
    ///   - input: the scalars in logical order.
    ///   - base: the direction of the whole; that of its first strong character when nil.
    ///   - shaping: who joins Arabic letters.
    ///   - gathersMarks: whether marks come behind their bases in visual order as well, which is
    ///     what cells need and what UAX #9 leaves to the one who draws.
    init?(
        _ input: [UInt32],
        base: TextDirection? = nil,
        shaping: ArabicShaping = .joined,
        gathersMarks: Bool = true
    ) {
        let count = input.count
        let length = FriBidiStrIndex(count)
        var types = [FriBidiCharType](repeating: FRIBIDI_TYPE_ON, count: count)
        var brackets = [FriBidiBracketType](repeating: 0, count: count)
        var levels = [FriBidiLevel](repeating: 0, count: count)
        var direction = base.parType
        fribidi_get_bidi_types(input, length, &types)
        fribidi_get_bracket_types(input, length, types, &brackets)
        guard
            fribidi_get_par_embedding_levels_ex(types, brackets, length, &direction, &levels) > 0
        else { return nil }
        isRightToLeft = levels.isEmpty ? false : direction.isRightToLeft
        var shaped = Self.shaped(input, types: types, levels: levels, shaping: shaping)
        var map = (0..<count).map { FriBidiStrIndex($0) }
        if shaping != .logical, shaping != .plain {
            let flags = gathersMarks ? FriBidiFlags(FRIBIDI_FLAG_REORDER_NSM) : 0
            guard
                fribidi_reorder_line(flags, types, length, 0, direction, &levels, &shaped, &map)
                    > 0
            else { return nil }
        }
        self.levels = levels.map { Int($0) }
        positions = map.map { Int($0) }
        scalars = shaped
    }

    /// Mirrored brackets and joined letters, still in logical order.
    ///
    /// A terminal that joins by itself gets the letters as they are, but for words with a ligature:
    /// it draws lam and alef in two cells or in one, and only the ligature's own character has a
    /// width on which all agree.
    private static func shaped(
        _ input: [UInt32],
        types: [FriBidiCharType],
        levels: [FriBidiLevel],
        shaping: ArabicShaping
    ) -> [UInt32] {
        guard shaping != .plain else { return input }
        let length = FriBidiStrIndex(input.count)
        var joining = [FriBidiJoiningType](repeating: 0, count: input.count)
        fribidi_get_joining_types(input, length, &joining)
        fribidi_join_arabic(types, length, levels, &joining)
        var shaped = input
        let flags = FriBidiFlags(
            FRIBIDI_FLAG_SHAPE_MIRRORING | FRIBIDI_FLAG_SHAPE_ARAB_PRES
                | FRIBIDI_FLAG_SHAPE_ARAB_LIGA
        )
        fribidi_shape(flags, levels, length, &joining, &shaped)
        guard shaping != .joined else { return shaped }
        for word in input.indices.split(whereSeparator: { input[$0] == 0x20 })
        where !word.contains(where: { shaped[$0] == 0xFEFF && input[$0] != 0xFEFF }) {
            for index in word where shaping == .logical || shaped[index] >= 0xFB50 {
                shaped[index] = input[index]
            }
        }
        return shaped
    }
}

extension TextDirection? {
    fileprivate var parType: FriBidiParType {
        switch self {
        case nil: FRIBIDI_PAR_ON
        case .leftToRight: FRIBIDI_PAR_LTR
        case .rightToLeft: FRIBIDI_PAR_RTL
        }
    }
}

extension FriBidiParType {
    fileprivate var isRightToLeft: Bool { self == FRIBIDI_PAR_RTL || self == FRIBIDI_PAR_WRTL }
}
