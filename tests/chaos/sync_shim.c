// Loaded in front of the C library: from the moment the file named by CHAOS_SYNC_TRIGGER exists, every sync of a file below CHAOS_SYNC_FOLDER
// fails with EIO, and what fdatasync promised is not promised any more. Before that it does nothing.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef int (*sync_function)(int);

static int must_fail(int file) {
    const char* trigger = getenv("CHAOS_SYNC_TRIGGER");
    const char* folder = getenv("CHAOS_SYNC_FOLDER");
    if (trigger == NULL || folder == NULL || access(trigger, F_OK) != 0) return 0;
    char link[64];
    char path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    const ssize_t size = readlink(link, path, sizeof path - 1);
    if (size < 0) return 0;
    path[size] = '\0';
    return strncmp(path, folder, strlen(folder)) == 0;
}

static int sync_or_fail(const char* name, int file) {
    if (must_fail(file)) {
        errno = EIO;
        return -1;
    }
    const sync_function next = (sync_function)dlsym(RTLD_NEXT, name);
    return next(file);
}

int fsync(int file) { return sync_or_fail("fsync", file); }
int fdatasync(int file) { return sync_or_fail("fdatasync", file); }
