/*
 * Landlock, spoken to directly: the C library has no functions for it, and older kernel headers no
 * names.  Numbers are those of <linux/landlock.h>; the calls have the same number everywhere.
 */
#include "cli/landlock.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { CREATE_RULESET = 444, ADD_RULE = 445, RESTRICT_SELF = 446 };
enum { ASK_VERSION = 1, RULE_PATH_BENEATH = 1 };

/* Rights to files, by the version that knows them. */
enum {
    WRITE_FILE = 1 << 1,
    READ_FILE = 1 << 2,
    READ_DIR = 1 << 3,
    REMOVE_FILE = 1 << 5,
    MAKE_REG = 1 << 8,
    REFER = 1 << 13,    /* version 2: rename from one directory to another */
    TRUNCATE = 1 << 14, /* version 3 */
    ALL_1 = (1 << 13) - 1,
    ALL_2 = ALL_1 | REFER,
    ALL_3 = ALL_2 | TRUNCATE,
    ALL_5 = ALL_3 | 1 << 15, /* ioctl on devices */
};

enum { TCP_BIND_CONNECT = 3, SCOPE_SOCKETS_SIGNALS = 3 };

struct ruleset {
    u64 files;   /* rights that are taken away */
    u64 network; /* version 4 */
    u64 scopes;  /* version 6 */
};

struct path_rule {
    u64 allowed;
    i32 parent_fd;
} __attribute__((packed));

static u64 file_rights(long version)
{
    return version >= 5 ? ALL_5 : version >= 3 ? ALL_3 : version == 2 ? ALL_2 : ALL_1;
}

/* How much of struct ruleset a version knows. */
static size_t ruleset_size(long version)
{
    return version >= 6 ? sizeof(struct ruleset) : version >= 4 ? 2 * sizeof(u64) : sizeof(u64);
}

static bool allow_beneath(int ruleset, const char *path, u64 rights)
{
    struct path_rule rule = { .allowed = rights, .parent_fd = open(path, O_PATH | O_CLOEXEC) };

    if (rule.parent_fd < 0)
        return false;
    bool added = syscall(ADD_RULE, ruleset, RULE_PATH_BENEATH, &rule, 0) == 0;
    int error = errno;
    close(rule.parent_fd);
    errno = error;
    return added;
}

bool landlock_seal(const char *output, bool reads)
{
    long version = syscall(CREATE_RULESET, NULL, 0, ASK_VERSION);

    if (version < 1)
        return false;
    struct ruleset taken = { .files = file_rights(version),
                             .network = TCP_BIND_CONNECT,
                             .scopes = SCOPE_SOCKETS_SIGNALS };
    int ruleset = (int)syscall(CREATE_RULESET, &taken, ruleset_size(version), 0);
    if (ruleset < 0)
        return false;
    u64 writing = taken.files & (WRITE_FILE | REMOVE_FILE | MAKE_REG | REFER | TRUNCATE);
    bool sealed = (output == NULL || allow_beneath(ruleset, output, writing)) &&
                  (!reads || allow_beneath(ruleset, "/", READ_FILE | READ_DIR)) &&
                  syscall(RESTRICT_SELF, ruleset, 0) == 0;
    int error = errno;
    close(ruleset);
    errno = error;
    return sealed;
}
