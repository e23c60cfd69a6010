#ifndef CLINUX_SHIM_H
#define CLINUX_SHIM_H
#include <errno.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

/* As sched_setattr(2) says; the kernel's own header does not go with the C library's <sched.h>. */
struct clinux_sched_attr {
    uint32_t size;
    uint32_t policy;
    uint64_t flags;
    int32_t nice;
    uint32_t priority;
    uint64_t runtime;
    uint64_t deadline;
    uint64_t period;
};

/* Policies whose threads share time by rank: SCHED_OTHER and SCHED_BATCH. */
#define CLINUX_SHARES(policy) ((policy) == 0 || (policy) == 3)

/*
 * Asks the scheduler for another time slice for a thread, and leaves its policy and rank as they are:
 * sched_setattr(2), which the C library of Debian 12 does not wrap.
 *
 * thread: a thread of this process, 0 for the one that calls. nanoseconds: from 100,000 to 100,000,000.
 * Returns 0, or -1 with errno: EINVAL for a thread that is not scheduled by shares of time.
 */
static inline int clinux_set_time_slice(pid_t thread, uint64_t nanoseconds) {
    struct clinux_sched_attr wanted = {.size = sizeof wanted};
    if (syscall(SYS_sched_getattr, thread, &wanted, sizeof wanted, 0) != 0) return -1;
    if (!CLINUX_SHARES(wanted.policy)) {
        errno = EINVAL;
        return -1;
    }
    wanted.runtime = nanoseconds;
    return (int)syscall(SYS_sched_setattr, thread, &wanted, 0);
}

/* The time slice of a thread in nanoseconds; 0 where the kernel does not tell (before Linux 6.12). */
static inline uint64_t clinux_time_slice(pid_t thread) {
    struct clinux_sched_attr found = {.size = sizeof found};
    return syscall(SYS_sched_getattr, thread, &found, sizeof found, 0) == 0 ? found.runtime : 0;
}
#endif
