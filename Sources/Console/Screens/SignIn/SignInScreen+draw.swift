import Terminal

extension SignInScreen {
    func draw(
        into frame: inout Frame,
        waiting: Duration?,
        styles: StyleSheet,
        _ names: KeyNames
    ) {
        let area = frame.bounds.centered(columns: 56, rows: 13)
        frame.box(
            area,
            style: styles[.focusedBorder],
            title: "Ghostworks",
            titleStyle: styles[.title]
        )
        let inside = area.inset(columns: 3, rows: 2)
        if isResuming {
            frame.write("Looking for your session …", in: inside.row(0), style: styles[.text])
        } else {
            let fields = Rect(x: inside.x, y: inside.y, width: inside.width, height: 4)
            form.draw(into: &frame, in: fields, styles: styles, isFocused: waiting == nil)
        }
        for (row, line) in lines(frame, width: inside.width, waiting: waiting).prefix(3)
            .enumerated()
        {
            frame.write(
                line.text,
                in: inside.row(5 + row),
                style: styles[line.role]
            )
        }
        guard area.height > 4 else { return }
        let (go, leave) = (names[move: "form-go"], names[move: "form-leave"])
        let keys =
            isResuming
            ? "\(leave) sign in anew   ctrl-c leave"
            : token == nil
                ? "\(go) sign in   ctrl-c leave" : "\(go) go on   \(leave) back   ctrl-c leave"
        let place = Rect(x: inside.x, y: area.maxY - 2, width: inside.width, height: 1)
        frame.write(frame.say(SafeText(keys)), in: place, style: styles[.keyHint])
    }

    private func lines(
        _ frame: Frame,
        width: Int,
        waiting: Duration?
    ) -> [(text: SafeText, role: Terminal.Role)] {
        if let waiting, waiting >= Console.patience {
            return [(SafeText("Signing in … \(Format.elapsed(waiting))"), .muted)]
        }
        guard let message else {
            guard token != nil, !isResuming else { return [] }
            let sentence = "Of your authenticator app, or a recovery code."
            return [(frame.say(SafeText(sentence)), .muted)]
        }
        return frame.say(SafeText(message)).wrapped(to: width).map { ($0, .error) }
    }
}
