import Domain
import Terminal
import Testing

@testable import Console

/// What the console knows of its terminal: answers, mouse, net line, themes, recordings.
struct DisplayTests {
    private static let white = Color.rgb(red: 255, green: 255, blue: 255)

    private func asking(memory: Memory = Memory(), theme: String? = nil) throws -> Operator {
        var ada = try Operator(memory: memory)
        ada.console.surroundings.settings.asksTerminal = true
        if let theme {
            ada.console.wear(theme)
            ada.console.surroundings.isThemeChosen = true
        }
        return ada
    }

    private var ada: Operator {
        get throws {
            var ada = try Operator()
            try ada.signIn()
            return ada
        }
    }

    private func theme(_ ada: Operator) -> String? { ada.console.surroundings.theme?.name }

    @Test func `a light terminal gets the light theme, when the answer is fresh`() throws {
        var ada = try asking()
        #expect(ada.send(.started).contains(.display(.ask(color: true))))
        ada.send(.display(.report(.background(Self.white))), after: .milliseconds(60))
        #expect(theme(ada) == "paper")
        #expect(ada.console.surroundings.memory.theme == nil)
    }

    @Test func `an answer that comes late changes nothing any more`() throws {
        var ada = try asking()
        ada.send(.started)
        ada.send(.display(.report(.background(Self.white))), after: .milliseconds(101))
        #expect(theme(ada) == "ghost")
        ada.send(.display(.report(.background(Self.white))))
        #expect(theme(ada) == "ghost")
    }

    @Test func `a dark terminal and a chosen theme stay as they are`() throws {
        var dark = try asking()
        dark.send(.started)
        dark.send(.display(.report(.background(.rgb(red: 30, green: 30, blue: 30)))))
        #expect(theme(dark) == "ghost")
        var chosen = try asking(theme: "ocean")
        #expect(chosen.send(.started).contains(.display(.ask(color: false))))
        chosen.send(.display(.report(.background(Self.white))))
        #expect(theme(chosen) == "ocean")
    }

    @Test func `a console that no terminal shows asks nothing`() throws {
        var ada = try Operator()
        #expect(!ada.send(.started).contains(.display(.ask(color: true))))
    }

    @Test func `a slow line stops what moves`() throws {
        var ada = try asking()
        ada.send(.started)
        ada.send(.display(.report(.alive)), after: .milliseconds(40))
        #expect(ada.console.animates)
        #expect(ada.console.display.roundTrip == .milliseconds(40))
        var far = try asking()
        far.send(.started)
        far.send(.display(.report(.alive)), after: .milliseconds(151))
        #expect(!far.console.animates)
    }

    @Test func `the net line is told in the next frame and asks at most once a second`() throws {
        var ada = try asking()
        try ada.signIn()
        ada.send(.display(.report(.alive)), after: .milliseconds(12))
        try ada.press("T")
        ada.answerAll()
        ada.now = ada.now.advanced(by: .seconds(2))
        for key in ":net" { ada.send(.keyPressed(KeyEvent(.character(key)))) }
        #expect(try ada.press("enter").contains(.display(.ask(color: false))))
        ada.send(.display(.report(.alive)), after: .milliseconds(30))
        let cost = FrameReport(bytes: 187, writes: 1, dropped: 2)
        #expect(ada.send(.display(.presented(cost))) == [])
        let line = "net · round trip 30 ms · last frame 187 bytes in 1 write · 2 frames dropped"
        #expect(ada.lines.contains { $0.contains(line) })
        #expect(!(try ada.press("j")).contains(.display(.ask(color: false))))
        ada.now = ada.now.advanced(by: .seconds(1))
        #expect(try ada.press("j").contains(.display(.ask(color: false))))
        ada.run(":net")
        #expect(!ada.lines.contains { $0.contains("net · ") })
    }

    @Test func `a terminal that does not answer is named`() throws {
        var ada = try asking()
        try ada.signIn()
        ada.run(":net")
        ada.send(.woke, after: .seconds(3))
        #expect(ada.lines.contains { $0.contains("the terminal does not answer") })
    }
}

extension DisplayTests {
    @Test func `a click selects and the wheel moves, once the mouse is on`() throws {
        var ada = try self.ada
        try ada.press("T")
        ada.answerAll()
        func names() throws -> Int? {
            try ada.screen(TenantsScreen.self).list.table.selectedIndex
        }
        let row = try #require(ada.lines.firstIndex { $0.contains("Crescent Relief") })
        let click = ConsoleEvent.display(.mouse(MouseEvent(.press, at: Point(x: 5, y: row))))
        ada.send(click)
        #expect(try names() == 0)
        #expect(try ada.press("alt-m").contains(.display(.mouse(true))))
        ada.send(click)
        #expect(try ada.screen(TenantsScreen.self).list.selected?.name == "Crescent Relief")
        ada.send(.display(.mouse(MouseEvent(.wheelDown, at: Point(x: 5, y: row)))))
        #expect(try names() == 5)
        ada.send(.display(.mouse(MouseEvent(.wheelUp, at: Point(x: 5, y: row)))))
        #expect(try names() == 2)
        for y in [0, 1, 39] {
            ada.send(.display(.mouse(MouseEvent(.press, at: Point(x: 5, y: y)))))
            #expect(try names() == 2, "\(y)")
        }
        #expect(try ada.press("alt-m").contains(.display(.mouse(false))))
    }

    @Test func `choosing a theme tries it on, esc goes back and enter keeps it`() throws {
        var ada = try self.ada
        ada.run(":theme")
        try ada.press("down")
        #expect(theme(ada) == "paper")
        try ada.press("down")
        #expect(theme(ada) == "midnight")
        #expect(try ada.press("esc") == [])
        #expect(theme(ada) == "ghost")
        #expect(ada.console.overlay == nil)
        ada.run(":theme")
        ada.type("oce")
        #expect(theme(ada) == "ocean")
        let effects = try ada.press("enter")
        #expect(theme(ada) == "ocean")
        #expect(ada.console.surroundings.memory.theme == "ocean")
        #expect(effects == [.remember(ada.console.surroundings.memory)])
    }

    @Test func `a file that changed is worn at once, and one that broke or went stays on`() throws {
        var ada = try self.ada
        let all = ada.console.surroundings.settings.themes
        let own = ConsoleTheme(name: "own", styles: all[1].styles)
        ada.send(.display(.themes(all + [own], problem: nil)))
        ada.run(":theme own")
        #expect(ada.console.surroundings.styles == all[1].styles)
        let newer = ConsoleTheme(name: "own", styles: all[2].styles)
        ada.send(.display(.themes(all + [newer], problem: nil)))
        #expect(ada.console.surroundings.styles == all[2].styles)
        ada.send(.display(.themes(all + [newer], problem: "own.yaml:4: unknown role 'titel'")))
        #expect(ada.console.surroundings.styles == all[2].styles)
        #expect(ada.lines.contains { $0.contains("own.yaml:4: unknown role 'titel'") })
        ada.send(.display(.themes(all, problem: nil)))
        #expect(ada.console.surroundings.styles == all[2].styles)
        #expect(!ada.lines.contains { $0.contains("own.yaml") })
    }

    @Test func `themes that are read while one chooses join the list, and the choice stays`()
        throws
    {
        var ada = try self.ada
        let all = ada.console.surroundings.settings.themes
        ada.send(.display(.themes([all[0]], problem: nil)))
        ada.run(":themes")
        #expect(!ada.lines.contains { $0.contains("midnight") })
        ada.send(.display(.themes(all, problem: nil)))
        #expect(ada.lines.contains { $0.contains("midnight") })
        try ada.press("down")
        let chosen = theme(ada)
        ada.send(.display(.themes(all.reversed(), problem: nil)))
        #expect(theme(ada) == chosen)
        try ada.press("esc")
        #expect(theme(ada) == all[0].name)
    }

    @Test func `a remembered theme is worn as soon as it is read`() throws {
        var memory = Memory()
        memory.theme = "own"
        var ada = try Operator(memory: memory)
        #expect(theme(ada) == "ghost")
        let all = ada.console.surroundings.settings.themes
        let own = ConsoleTheme(name: "own", styles: all[1].styles)
        ada.send(.display(.themes(all + [own], problem: nil)))
        #expect(theme(ada) == "own")
    }

    @Test func `a recording is told in the header, and its end too`() throws {
        var ada = try self.ada
        ada.console.display.isRecorded = true
        #expect(ada.lines[0].contains("● REC"))
        ada.send(.display(.recordingFailed("no space left on device.")))
        #expect(!ada.lines[0].contains("REC"))
        #expect(ada.toasts.contains { $0.contains("no space left on device.") })
    }

    @Test func `a password is not in what is recorded, not even its length`() throws {
        var ada = try Operator(hasSession: false)
        ada.send(.started)
        #expect(ada.console.masked == nil)
        ada.type("ada@ghostworks.example")
        try ada.press("tab")
        let before = ada.lines
        ada.type("hunter2")
        #expect(ada.lines != before)
        let masked = try #require(ada.console.masked)
        #expect(!String(reflecting: masked).contains("hunter2"))
        var frame = Frame(size: masked.size)
        masked.draw(into: &frame)
        #expect(FrameText(frame).lines == before)
    }

    @Test func `what is shown once is not in what is recorded`() throws {
        var omar = try Operator()
        try omar.signIn(nil, World.omar)
        omar.elevate()
        try omar.press("enter")
        omar.answerAll()
        try omar.press("6")
        omar.answerAll()
        try omar.press("n")
        omar.type("CI")
        try omar.press("ctrl-s")
        omar.answerAll()
        #expect(omar.lines.contains { $0.contains("bbbb") })
        var frame = Frame(size: omar.console.size)
        try #require(omar.console.masked).draw(into: &frame)
        let recorded = FrameText(frame).lines
        #expect(!recorded.contains { $0.contains("bbbb") })
        #expect(recorded.contains { $0.contains("not kept in the recording") })
    }

    @Test func `a console without motion neither spins nor pulses`() throws {
        var ada = try self.ada
        try ada.press("T")
        ada.answerAll()
        ada.console.surroundings.settings.moves = false
        _ = ada.console.trail.edit(TenantsScreen.self) { screen in
            if let id = screen.list.table.selection { screen.list.table.notice.pulsing = [id] }
        }
        let still = ada.frame
        _ = ada.console.trail.edit(TenantsScreen.self) { $0.list.table.notice.pulsing = [] }
        #expect(ada.frame == still)
        try ada.press("r")
        ada.send(.woke, after: .milliseconds(400))
        #expect(ada.lines.contains { $0.contains("… 0.4 s") })
    }

    @Test func `a click where Arabic is read from the right finds its row`() throws {
        var huda = try self.ada
        huda.console.surroundings.settings.tongue = Language.arabic.tongue(.joined)
        try huda.press("alt-m", "T")
        huda.answerAll()
        let row = try #require(huda.lines.firstIndex { $0.contains("Crescent Relief") })
        let column = try #require(huda.lines[row].firstRange(of: "Crescent"))
        let x = huda.lines[row].distance(
            from: huda.lines[row].startIndex,
            to: column.lowerBound
        )
        huda.send(.display(.mouse(MouseEvent(.press, at: Point(x: x, y: row)))))
        #expect(try huda.screen(TenantsScreen.self).list.selected?.name == "Crescent Relief")
    }

    @Test func `an answer that was lost does not make the next way a long one`() throws {
        var ada = try asking()
        ada.send(.started)
        try ada.signIn()
        ada.send(.woke, after: .seconds(60))
        ada.run(":net")
        ada.send(.display(.report(.alive)), after: .milliseconds(20))
        #expect(ada.console.display.roundTrip == .milliseconds(20))
        #expect(ada.console.animates)
    }

    @Test func `who signs in wears their own theme`() throws {
        var memory = Memory()
        memory.person = World.ada.id.description
        memory.theme = "ocean"
        memory.belong(to: World.omar.id.description)
        memory.theme = "paper"
        var ada = try Operator(memory: memory)
        #expect(theme(ada) == "paper")
        try ada.signIn()
        #expect(theme(ada) == "ocean")
        var forced = try Operator(memory: memory)
        forced.console.surroundings.settings.theme = "midnight"
        forced.console.wear("midnight")
        try forced.signIn()
        #expect(theme(forced) == "midnight")
    }
}
