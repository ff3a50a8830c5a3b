/* Notes every change of a file below POWER_ROOT in the file POWER_LOG; see replay.py.
 *
 * A record: operation (1 byte), length of the path (4), path, offset (8), length of data (4), data.
 * Operations: C created, W written, T length set, S synced, D folder synced, R renamed (data: the
 * new path), U removed. One write() with O_APPEND a record, so that processes may share the log.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define FDS 4096
static char *names[FDS];
static int folders[FDS];
static int log_fd = -2;
static const char *root;
static unsigned nameless;

#define REAL(type, name, ...) \
    static type (*real)(__VA_ARGS__); \
    if (!real) real = (type (*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

static int real_open(const char *path, int flags, mode_t mode) {
    REAL(int, "open64", const char *, int, ...);
    return real(path, flags, mode);
}

static ssize_t real_write(int fd, const void *data, size_t size) {
    REAL(ssize_t, "write", int, const void *, size_t);
    return real(fd, data, size);
}

static int ready(void) {
    if (log_fd == -2) {
        const char *path = getenv("POWER_LOG");
        root = getenv("POWER_ROOT");
        log_fd = path && root ? real_open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600) : -1;
    }
    return log_fd >= 0;
}

static void note(char op, const char *path, uint64_t at, const void *data, uint32_t size) {
    if (!ready() || !path) return;
    uint32_t length = strlen(path);
    size_t whole = 17 + length + size;
    char *record = malloc(whole), *to = record;
    *to++ = op;
    memcpy(to, &length, 4); to += 4;
    memcpy(to, path, length); to += length;
    memcpy(to, &at, 8); to += 8;
    memcpy(to, &size, 4); to += 4;
    if (size) memcpy(to, data, size);
    if (real_write(log_fd, record, whole) != (ssize_t)whole) abort();
    free(record);
}

/* The whole path of a file, where it lies below the root; NULL elsewhere. */
static char *below(int folder, const char *path) {
    char whole[PATH_MAX * 2];
    if (!ready()) return NULL;
    if (path[0] == '/') snprintf(whole, sizeof whole, "%s", path);
    else if (folder >= 0 && folder < FDS && names[folder])
        snprintf(whole, sizeof whole, "%s/%s", names[folder], path);
    else {
        char here[PATH_MAX];
        if (!getcwd(here, sizeof here)) return NULL;
        snprintf(whole, sizeof whole, "%s/%s", here, path);
    }
    return strncmp(whole, root, strlen(root)) == 0 ? strdup(whole) : NULL;
}

static void opened(int fd, char *path, int flags, int is_new) {
    struct stat told;
    if (fd < 0 || fd >= FDS || !path) { free(path); return; }
    if (flags & O_TMPFILE & ~O_DIRECTORY) {
        char made[PATH_MAX * 2];
        snprintf(made, sizeof made, "%s/.nameless-%d-%u", path, (int)getpid(), nameless++);
        free(path);
        path = strdup(made);
        is_new = 1;
    }
    free(names[fd]);
    names[fd] = path;
    folders[fd] = fstat(fd, &told) == 0 && S_ISDIR(told.st_mode);
    if (folders[fd]) return;
    if (is_new) note('C', path, 0, NULL, 0);
    else if (flags & O_TRUNC) note('T', path, 0, NULL, 0);
}

static int any_open(int folder, const char *path, int flags, mode_t mode) {
    REAL(int, "openat64", int, const char *, int, ...);
    char *known = below(folder, path);
    struct stat told;
    int is_new = known && (flags & O_CREAT) && stat(known, &told) != 0;
    int fd = real(folder, path, flags, mode);
    int kept = errno;
    if (fd >= 0 && known) opened(fd, known, flags, is_new);
    else free(known);
    errno = kept;
    return fd;
}

#define MODE(flags) \
    mode_t mode = 0; \
    if ((flags) & (O_CREAT | (O_TMPFILE & ~O_DIRECTORY))) { \
        va_list more; va_start(more, flags); mode = va_arg(more, mode_t); va_end(more); \
    }

int open(const char *path, int flags, ...) { MODE(flags) return any_open(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE(flags) return any_open(AT_FDCWD, path, flags, mode); }
int openat(int at, const char *path, int flags, ...) { MODE(flags) return any_open(at, path, flags, mode); }
int openat64(int at, const char *path, int flags, ...) { MODE(flags) return any_open(at, path, flags, mode); }

int close(int fd) {
    REAL(int, "close", int);
    if (fd >= 0 && fd < FDS && names[fd]) { free(names[fd]); names[fd] = NULL; }
    return real(fd);
}

static const char *file_of(int fd) {
    return fd >= 0 && fd < FDS && names[fd] && !folders[fd] ? names[fd] : NULL;
}

ssize_t write(int fd, const void *data, size_t size) {
    const char *path = file_of(fd);
    if (path) {
        off_t at = lseek(fd, 0, (fcntl(fd, F_GETFL) & O_APPEND) ? SEEK_END : SEEK_CUR);
        note('W', path, at, data, size);
    }
    return real_write(fd, data, size);
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t at) {
    REAL(ssize_t, "pwrite", int, const void *, size_t, off_t);
    note('W', file_of(fd), at, data, size);
    return real(fd, data, size, at);
}

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) {
    REAL(ssize_t, "pwrite64", int, const void *, size_t, off64_t);
    note('W', file_of(fd), at, data, size);
    return real(fd, data, size, at);
}

int ftruncate(int fd, off_t size) {
    REAL(int, "ftruncate", int, off_t);
    note('T', file_of(fd), size, NULL, 0);
    return real(fd, size);
}

int ftruncate64(int fd, off64_t size) {
    REAL(int, "ftruncate64", int, off64_t);
    note('T', file_of(fd), size, NULL, 0);
    return real(fd, size);
}

static void synced(int fd) {
    if (fd >= 0 && fd < FDS && names[fd]) note(folders[fd] ? 'D' : 'S', names[fd], 0, NULL, 0);
}

int fsync(int fd) {
    REAL(int, "fsync", int);
    int done = real(fd);
    if (done == 0) synced(fd);
    return done;
}

int fdatasync(int fd) {
    REAL(int, "fdatasync", int);
    int done = real(fd);
    if (done == 0) synced(fd);
    return done;
}

static void moved(char *from, char *to) {
    if (from && to) note('R', from, 0, to, strlen(to));
    free(from);
    free(to);
}

int rename(const char *from, const char *to) {
    REAL(int, "rename", const char *, const char *);
    int done = real(from, to);
    if (done == 0) moved(below(AT_FDCWD, from), below(AT_FDCWD, to));
    return done;
}

int renameat(int a, const char *from, int b, const char *to) {
    REAL(int, "renameat", int, const char *, int, const char *);
    int done = real(a, from, b, to);
    if (done == 0) moved(below(a, from), below(b, to));
    return done;
}

int linkat(int a, const char *from, int b, const char *to, int flags) {
    REAL(int, "linkat", int, const char *, int, const char *, int);
    int fd, done = real(a, from, b, to, flags);
    if (done == 0 && sscanf(from, "/proc/self/fd/%d", &fd) == 1 && file_of(fd)) {
        char *name = below(b, to);
        moved(strdup(names[fd]), name ? strdup(name) : NULL);
        if (name) { free(names[fd]); names[fd] = name; }
    }
    return done;
}

int link(const char *from, const char *to) { return linkat(AT_FDCWD, from, AT_FDCWD, to, 0); }

int unlink(const char *path) {
    REAL(int, "unlink", const char *);
    int done = real(path);
    if (done == 0) { char *known = below(AT_FDCWD, path); note('U', known, 0, NULL, 0); free(known); }
    return done;
}

int unlinkat(int at, const char *path, int flags) {
    REAL(int, "unlinkat", int, const char *, int);
    int done = real(at, path, flags);
    if (done == 0) { char *known = below(at, path); note('U', known, 0, NULL, 0); free(known); }
    return done;
}
