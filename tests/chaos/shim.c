// Loaded in front of the C library (LD_PRELOAD): a disk that is slow, fails or stops at a chosen step, and a wall clock that is set. What is to
// happen stands in files of the folder CHAOS_SHIM and may change while the program runs; without them nothing is changed. Monotonic time is
// never touched.
//
//   rule   OPERATION PATTERN NTH ACTION [MS]
//          OPERATION is write, sync or rename; PATTERN is a part of the file's path (with rename, of the new one), `$` at its end means the
//          end of the path; from the NTH such step on, counted from when the rule was written:
//          eio    it fails with EIO, always from then on
//          slow   it takes MS milliseconds longer, always from then on
//          stop   the process is stopped instead of the step, before it has any effect
//          half   as stop, but half of the bytes are written
//          after  as stop, but after the step
//   clock  milliseconds that the wall clock is ahead
//
// A stopped process never goes on by itself. The file `hit` is made when a rule has come true for the first time.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum { kPath = 4096, kWord = 256 };
enum action { nothing, eio, slow, stop, half, after };

struct rule {
    char operation[16];
    char pattern[kWord];
    char action[16];
    unsigned long nth;
    unsigned long milliseconds;
};

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static struct rule rule;
static struct timespec rule_written;
static unsigned long seen;

static int real_clock(clockid_t id, struct timespec* out) {
    static int (*next)(clockid_t, struct timespec*);
    if (next == NULL) next = (int (*)(clockid_t, struct timespec*))dlsym(RTLD_NEXT, "clock_gettime");
    return next(id, out);
}

static int control_path(const char* name, char* path) {
    const char* folder = getenv("CHAOS_SHIM");
    if (folder == NULL) return 0;
    snprintf(path, kPath, "%s/%s", folder, name);
    return 1;
}

static ssize_t read_control(const char* name, char* text, size_t size) {
    char path[kPath];
    if (!control_path(name, path)) return -1;
    const int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return -1;
    const ssize_t length = read(file, text, size - 1);
    close(file);
    if (length >= 0) text[length] = '\0';
    return length;
}

// Reads the rule again when it has been written again; false when there is none. Under the mutex.
static int load_rule(void) {
    char path[kPath];
    struct stat status;
    if (!control_path("rule", path) || stat(path, &status) != 0) return 0;
    if (status.st_mtim.tv_sec == rule_written.tv_sec && status.st_mtim.tv_nsec == rule_written.tv_nsec) return 1;
    char text[2 * kWord];
    struct rule read_rule = {0};
    if (read_control("rule", text, sizeof text) <= 0) return 0;
    if (sscanf(text, "%15s %255s %lu %15s %lu", read_rule.operation, read_rule.pattern, &read_rule.nth, read_rule.action,
               &read_rule.milliseconds) < 4)
        return 0;
    rule = read_rule;
    rule_written = status.st_mtim;
    seen = 0;
    return 1;
}

static int matches(const char* path) {
    const size_t length = strlen(rule.pattern);
    if (length == 0 || rule.pattern[length - 1] != '$') return strstr(path, rule.pattern) != NULL;
    const size_t end = strlen(path);
    return end >= length - 1 && strncmp(path + end - (length - 1), rule.pattern, length - 1) == 0;
}

static void note_hit(void) {
    char path[kPath];
    if (!control_path("hit", path)) return;
    const int file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (file >= 0) close(file);
}

static enum action action_of(const char* name) {
    static const char* const names[] = {"", "eio", "slow", "stop", "half", "after"};
    for (int i = eio; i <= after; ++i)
        if (strcmp(name, names[i]) == 0) return (enum action)i;
    return nothing;
}

static enum action decide(const char* operation, const char* path, unsigned long* milliseconds) {
    enum action chosen = nothing;
    pthread_mutex_lock(&mutex);
    if (load_rule() && strcmp(rule.operation, operation) == 0 && matches(path) && ++seen >= rule.nth) {
        chosen = action_of(rule.action);
        *milliseconds = rule.milliseconds;
        if (seen == rule.nth) note_hit();
    }
    pthread_mutex_unlock(&mutex);
    return chosen;
}

static enum action decide_of(const char* operation, int file, unsigned long* milliseconds) {
    char link[64];
    char path[kPath];
    const int before = errno;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    const ssize_t size = readlink(link, path, sizeof path - 1);
    errno = before;
    if (size < 0) return nothing;
    path[size] = '\0';
    return decide(operation, path, milliseconds);
}

static void stop_here(void) {
    for (;;) raise(SIGSTOP);
}

static void be_slow(unsigned long milliseconds) {
    const struct timespec pause = {(time_t)(milliseconds / 1000), (long)(milliseconds % 1000) * 1000000};
    nanosleep(&pause, NULL);
}

static int sync_by(const char* name, int file) {
    unsigned long milliseconds = 0;
    const enum action chosen = decide_of("sync", file, &milliseconds);
    if (chosen == stop || chosen == half) stop_here();
    if (chosen == slow) be_slow(milliseconds);
    if (chosen == eio) {
        errno = EIO;
        return -1;
    }
    const int result = ((int (*)(int))dlsym(RTLD_NEXT, name))(file);
    if (chosen == after) stop_here();
    return result;
}

int fsync(int file) { return sync_by("fsync", file); }
int fdatasync(int file) { return sync_by("fdatasync", file); }

static ssize_t write_by(const char* name, int file, const void* data, size_t size, off64_t offset) {
    unsigned long milliseconds = 0;
    ssize_t (*const next)(int, const void*, size_t, off64_t) = (ssize_t (*)(int, const void*, size_t, off64_t))dlsym(RTLD_NEXT, name);
    const enum action chosen = decide_of("write", file, &milliseconds);
    if (chosen == half) next(file, data, size / 2, offset);
    if (chosen == stop || chosen == half) stop_here();
    if (chosen == slow) be_slow(milliseconds);
    if (chosen == eio) {
        errno = EIO;
        return -1;
    }
    const ssize_t result = next(file, data, size, offset);
    if (chosen == after) stop_here();
    return result;
}

ssize_t pwrite(int file, const void* data, size_t size, off_t offset) { return write_by("pwrite", file, data, size, offset); }
ssize_t pwrite64(int file, const void* data, size_t size, off64_t offset) { return write_by("pwrite64", file, data, size, offset); }

int rename(const char* from, const char* to) {
    unsigned long milliseconds = 0;
    const enum action chosen = decide("rename", to, &milliseconds);
    if (chosen == stop || chosen == half) stop_here();
    if (chosen == slow) be_slow(milliseconds);
    if (chosen == eio) {
        errno = EIO;
        return -1;
    }
    const int result = ((int (*)(const char*, const char*))dlsym(RTLD_NEXT, "rename"))(from, to);
    if (chosen == after) stop_here();
    return result;
}

// How far the wall clock is ahead; asked again every 10 ms, since clocks are read far more often than files should be.
static long long ahead_ms(void) {
    static __thread long long known_ms;
    static __thread long long asked_ms;
    struct timespec now;
    real_clock(CLOCK_MONOTONIC, &now);
    const long long now_ms = (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
    if (now_ms - asked_ms < 10) return known_ms;
    asked_ms = now_ms;
    char text[64];
    const int before = errno;
    known_ms = read_control("clock", text, sizeof text) > 0 ? atoll(text) : 0;
    errno = before;
    return known_ms;
}

int clock_gettime(clockid_t id, struct timespec* out) {
    const int result = real_clock(id, out);
    if (result != 0 || (id != CLOCK_REALTIME && id != CLOCK_REALTIME_COARSE)) return result;
    const long long ahead = ahead_ms();
    const long long ns = (long long)out->tv_nsec + ahead % 1000 * 1000000;
    out->tv_sec += ahead / 1000 + (ns >= 1000000000) - (ns < 0);
    out->tv_nsec = (long)((ns + 1000000000) % 1000000000);
    return 0;
}

int gettimeofday(struct timeval* restrict out, void* restrict zone) {
    struct timespec now;
    (void)zone;
    const int result = clock_gettime(CLOCK_REALTIME, &now);
    out->tv_sec = now.tv_sec;
    out->tv_usec = now.tv_nsec / 1000;
    return result;
}

time_t time(time_t* out) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (out != NULL) *out = now.tv_sec;
    return now.tv_sec;
}
