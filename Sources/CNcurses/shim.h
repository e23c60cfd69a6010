#ifndef CNCURSES_SHIM_H
#define CNCURSES_SHIM_H
#define NCURSES_WIDECHAR 1
#include <errno.h>
#include <ncurses.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

// Globals and function-like macros that Swift does not import.
static inline WINDOW *cncurses_screen(void) { return stdscr; }
static inline WINDOW *cncurses_shown(void) { return curscr; }
static inline int cncurses_colors(void) { return COLORS; }
static inline attr_t cncurses_bold(void) { return WA_BOLD; }
static inline attr_t cncurses_dim(void) { return WA_DIM; }
static inline attr_t cncurses_underline(void) { return WA_UNDERLINE; }
static inline attr_t cncurses_reverse(void) { return WA_REVERSE; }
static inline int cncurses_width(unsigned int scalar) { return wcwidth((wchar_t)scalar); }

// tigetstr answers with (char *)-1 when the name is not that of a string.
static inline const char *cncurses_string(const char *name) {
    const char *value = tigetstr(name);
    return value == (const char *)-1 ? NULL : value;
}

// setcchar reads a pair above 255 through its last parameter.
static inline int cncurses_cell(cchar_t *cell, const wchar_t *text, attr_t attributes, int pair) {
    return setcchar(cell, text, attributes, 0, &pair);
}

// memfd_create is a GNU extension, which Swift's Glibc module leaves out; 1 is MFD_CLOEXEC.
static inline int cncurses_memory_file(void) {
    return (int)syscall(SYS_memfd_create, "screen", 1u);
}

static inline int cncurses_size(int file, int *across, int *down) {
    struct winsize size;
    if (ioctl(file, TIOCGWINSZ, &size) != 0) return -1;
    *across = size.ws_col;
    *down = size.ws_row;
    return 0;
}

// Signal handlers may call async-signal-safe functions only, which Swift code cannot promise: so
// they are here, with what they need in plain static memory. One Swift file alone
// (SignalRelay.swift) may call the functions below, because each file gets its own copy.
static struct {
    volatile int relay;
    volatile int terminal;
    volatile size_t length;
    char leave[512];
    struct termios modes;
    struct sigaction before[NSIG];
} cncurses_state = {.relay = -1, .terminal = -1};

static void cncurses_on_signal(int number) {
    int saved = errno;
    unsigned char byte = (unsigned char)number;
    if (write(cncurses_state.relay, &byte, 1) < 0) { /* full: as many signals are waiting */ }
    errno = saved;
}

// Restores the terminal, then lets whoever was there before see the crash.
static void cncurses_on_crash(int number) {
    if (cncurses_state.length > 0) {
        if (write(cncurses_state.terminal, cncurses_state.leave, cncurses_state.length) < 0) {}
        tcsetattr(cncurses_state.terminal, TCSANOW, &cncurses_state.modes);
    }
    sigaction(number, &cncurses_state.before[number], NULL);
    raise(number);
}

static inline void cncurses_relay(int number, int file) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    cncurses_state.relay = file;
    action.sa_handler = cncurses_on_signal;
    action.sa_flags = SA_RESTART;
    sigaction(number, &action, &cncurses_state.before[number]);
}

static inline void cncurses_guard(int number) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = cncurses_on_crash;
    action.sa_flags = SA_ONSTACK;
    sigaction(number, &action, &cncurses_state.before[number]);
}

static inline void cncurses_unrelay(int number) {
    sigaction(number, &cncurses_state.before[number], NULL);
}

// What a crash has to undo; length 0 when there is nothing.
static inline void cncurses_undo(int file, const char *leave, size_t length,
                                 const struct termios *modes) {
    cncurses_state.length = 0;
    if (length > sizeof cncurses_state.leave) return;
    memcpy(cncurses_state.leave, leave, length);
    if (modes) cncurses_state.modes = *modes;
    cncurses_state.terminal = file;
    cncurses_state.length = length;
}
#endif
