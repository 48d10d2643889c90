/* Giving up privileges: users, groups, capabilities, and then the doors themselves. */
#include "cli/privilege.h"

#include <errno.h>
#include <grp.h>
#include <limits.h>
#include <linux/capability.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "cli/landlock.h"
#include "cli/seccomp.h"
#include "cli/users.h"

/* Sanitizers open files, start threads and trace us, at any time up to the end. */
#if defined(__SANITIZE_ADDRESS__)
enum { CAN_BE_SEALED = false };
#elif defined(__has_feature)
enum { CAN_BE_SEALED = !__has_feature(address_sanitizer) };
#else
enum { CAN_BE_SEALED = true };
#endif

/* Who root becomes when -Z says nothing: the first of these that exists. */
static const char *const nobodies[] = { "tcpdump", "nobody" };

/* -- users ------------------------------------------------------------------------------------- */

static bool change_user(const char *name, const struct user *who)
{
    gid_t groups[USER_GROUPS_MAX];
    u32 count = user_groups(name, who, groups);

    return setgroups(count, groups) == 0 && setgid(who->gid) == 0 && setuid(who->uid) == 0;
}

static bool concerns_us(const char *user)
{
    return geteuid() == 0 && strcmp(user, "root") != 0;
}

bool privilege_knows(const char *user, const struct console *console)
{
    struct user who;

    if (!concerns_us(user) || user_find(user, &who))
        return true;
    console_error(console, "Couldn't find user '%s'", user);
    return false;
}

/* Devices and pipes keep their owner; a file that cannot be given away is root's. */
static void give(int fd, const struct user *who)
{
    struct stat status;

    if (fd > STDERR_FILENO && fstat(fd, &status) == 0 && S_ISREG(status.st_mode) &&
        fchown(fd, who->uid, who->gid) != 0)
        return;
}

bool privilege_become(const char *user, int output_fd, const struct console *console)
{
    if (!concerns_us(user))
        return true;
    struct user who;
    if (!user_find(user, &who))
        return privilege_knows(user, console);
    give(output_fd, &who);
    if (!change_user(user, &who)) {
        console_error(console, "Couldn't change to '%s' uid=%u gid=%u: %s", user, who.uid, who.gid,
                      strerror(errno));
        return false;
    }
    return true;
}

/* Where root is the only user there is, as in many containers, it stays. */
static void become_nobody(void)
{
    struct user who;
    bool found = false;

    for (size_t i = 0; i < countof(nobodies) && !found; i++)
        found = user_find(nobodies[i], &who);
    if (!found || setgroups(0, NULL) != 0 || setgid(who.gid) != 0)
        return;
    if (setuid(who.uid) != 0)
        return;
}

/* -- capabilities ------------------------------------------------------------------------------ */

/* Gives up all but those of the mask, whose bits are the first 32 capabilities. */
static bool keep_capabilities(u32 mask)
{
    struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
    struct __user_cap_data_struct now[2], kept[2] = { { 0 }, { 0 } };

    if (syscall(SYS_capget, &header, now) != 0)
        return false;
    kept[0].effective = kept[0].permitted = now[0].permitted & mask;
    return syscall(SYS_capset, &header, kept) == 0;
}

/* -- the doors --------------------------------------------------------------------------------- */

/* The directory that all files of a pattern are in: up to the last slash before any conversion. */
static void directory_of(const char *pattern, char to[PATH_MAX])
{
    size_t n = strcspn(pattern, "%");

    while (n > 0 && pattern[n - 1] != '/')
        n--;
    n = n < PATH_MAX - 1 ? n : PATH_MAX - 1;
    memcpy(to, n > 0 ? pattern : ".", n > 0 ? n : 1);
    to[n > 0 ? n : 1] = '\0';
}

static u32 needs_of(const struct confinement *c)
{
    return (c->output != NULL ? SECCOMP_CREATES : 0) | (c->reads ? SECCOMP_READS : 0) |
           (c->resolves ? SECCOMP_RESOLVES : 0);
}

static void enter_sandbox(const struct confinement *c, const struct console *console)
{
    char directory[PATH_MAX];

    tzset(); /* the C library opens the zone's file when a time is asked for first */
    if (c->output != NULL)
        directory_of(c->output, directory);
    bool locked = landlock_seal(c->output != NULL ? directory : NULL, c->reads);
    bool sealed = seccomp_seal(needs_of(c));
    if (c->verbose && (!locked || !sealed))
        console_say(console, "%s: this kernel has no %s\n", console->program,
                    locked   ? "seccomp filters"
                    : sealed ? "Landlock"
                             : "Landlock and no seccomp filters");
}

void privilege_confine(const struct confinement *c, const struct console *console)
{
    bool creates = c->output != NULL;

    /* Files that are still to come shall belong to root as the first one does. */
    if (c->user == NULL && geteuid() == 0 && !creates && !c->reads)
        become_nobody();
    keep_capabilities(geteuid() == 0 && (creates || c->reads) ? 1U << CAP_DAC_OVERRIDE : 0);
    if (c->sandbox && CAN_BE_SEALED && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0)
        enter_sandbox(c, console);
}
