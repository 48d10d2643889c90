/*
 * NFS: replies.  RFC 1094, RFC 1813, in messages of RFC 5531, section 9.
 *
 *    0               1               2               3
 *   +---------------------------------------------------------------+
 *   |                          transaction                          |
 *   |                        1, for a reply                         |
 *   |                   0: accepted    1: denied                    |
 *   +---------------------------------------------------------------+
 *   |            verifier: flavor, length, opaque bytes             |  accepted
 *   |                            status                             |
 *   |                            results                            |
 *   +---------------------------------------------------------------+
 */
#include "print/proto/nfs/nfs.h"

enum { WORD = 4 };

/* Status of NFS: RFC 1094, section 2.3.1; RFC 1813, section 2.6. */
NAMES(errors,
      (1, "Operation not permitted")
      (2, "No such file or directory")
      (5, "Input/output error")
      (6, "Device not configured")
      (11, "Resource deadlock avoided")
      (12, "Cannot allocate memory")
      (13, "Permission denied")
      (17, "File exists")
      (18, "Cross-device link")
      (19, "Operation not supported by device")
      (20, "Not a directory")
      (21, "Is a directory")
      (22, "Invalid argument")
      (26, "Text file busy")
      (27, "File too large")
      (28, "No space left on device")
      (30, "Read-only file system")
      (31, "Too many links")
      (45, "Operation not supported")
      (62, "Too many levels of symbolic links")
      (63, "File name too long")
      (66, "Directory not empty")
      (69, "Disc quota exceeded")
      (70, "Stale NFS file handle")
      (71, "Too many levels of remote in path")
      (99, "Write cache flushed to disk")
      (10001, "Illegal NFS file handle")
      (10002, "Update synchronization mismatch")
      (10003, "READDIR cookie is stale")
      (10004, "Operation not supported")
      (10005, "Buffer or request is too small")
      (10006, "Unspecified error on server")
      (10007, "Object of that type not supported")
      (10008, "Request couldn't be completed in time"));

/* accept_stat and auth_stat of RFC 5531, section 9. */
NAMES(refusals,
      (1, "PROG_UNAVAIL")
      (2, "PROG_MISMATCH")
      (3, "PROC_UNAVAIL")
      (4, "GARBAGE_ARGS")
      (5, "SYSTEM_ERR"));

NAMES(auth_failures,
      (0, "OK")
      (1, "Bogus Credentials (seal broken)")
      (2, "Rejected Credentials (client should begin new session)")
      (3, "Bogus Verifier (seal broken)")
      (4, "Verifier expired or was replayed")
      (5, "Credentials are too weak")
      (6, "Bogus response verifier")
      (7, "Unknown failure"));

/* The results of a call, which the printers below read from front to back. */
struct results {
    struct view v;
    bool v3;     /* of NFS version 3, or else 2 */
    bool failed; /* their status is an error */
};

static void say_status(struct dissect *d, struct results *r)
{
    u32 status = xdr_u32(d, &r->v);

    r->failed = status != 0;
    if (r->failed)
        say(d, " ERROR: %s", name_of(d, &errors.names, status, "unk %u"));
}

/* Whether the next n bytes are captured.  as tcpdump: after an error it does not matter. */
static bool there(struct dissect *d, const struct results *r, u32 n)
{
    if (view_has(r->v, 0, n))
        return true;
    if (!r->failed)
        seal(d);
    return false;
}

static void say_times(struct dissect *d, struct view v, u32 at)
{
    say_at(d, v, " a/m/ctime %lu.%06lu %lu.%06lu %lu.%06lu", AT_BE32(at), AT_BE32(at + 4),
           AT_BE32(at + 8), AT_BE32(at + 12), AT_BE32(at + 16), AT_BE32(at + 20));
}

/*
 * The attributes of a file, RFC 1094, section 2.3.5 and RFC 1813, section 2.6, at one of two
 * levels.  This and the next functions return false when nothing can follow.
 */
static bool say_attributes(struct dissect *d, struct results *r, u32 level)
{
    enum { TYPE, MODE = 4, LINKS = 8, OWNER = 12, GROUP = 16, SIZE = 20, FIRST_LEN = 20 };
    enum { DEVICE = 28, FILE_SYSTEM = 36, FILE_ID = 40, TIMES = 44, LEN = 68 };
    enum { V3_DEVICE = 36, V3_FILE_SYSTEM = 44, V3_FILE_ID = 52, V3_TIMES = 60, V3_LEN = 84 };
    u32 len = r->v3 ? V3_LEN : LEN;
    struct view v = r->v;

    if (!there(d, r, FIRST_LEN))
        return false;
    if (level >= 1) {
        say(d, " %s %o ids %d/%d", name_of(d, nfs_file_types, be32_at(d, v, TYPE), "unk-ft %u "),
            be32_at(d, v, MODE), (int)be32_at(d, v, OWNER), (int)be32_at(d, v, GROUP));
        say(d, " sz %llu",
            r->v3 ? (unsigned long long)be64_at(d, v, SIZE) : be32_at(d, v, SIZE));
    }
    if (level >= 2 && !there(d, r, len))
        return false;
    if (level >= 2 && r->v3) {
        say(d, " nlink %u rdev %u/%u fsid %llx fileid %llx", be32_at(d, v, LINKS),
            be32_at(d, v, V3_DEVICE), be32_at(d, v, V3_DEVICE + 4),
            (unsigned long long)be64_at(d, v, V3_FILE_SYSTEM),
            (unsigned long long)be64_at(d, v, V3_FILE_ID));
        say_times(d, v, V3_TIMES);
    } else if (level >= 2) {
        say_at(d, v, " nlink %lu rdev 0x%lx fsid 0x%lx nodeid 0x%lx", AT_BE32(LINKS),
               AT_BE32(DEVICE), AT_BE32(FILE_SYSTEM), AT_BE32(FILE_ID));
        say_times(d, v, TIMES);
    }
    r->v = view_from(v, len);
    return true;
}

/* Attributes after the operation, if they are there. */
static bool say_after(struct dissect *d, struct results *r)
{
    enum { ATTRIBUTES_LEN = 84 };

    if (xdr_u32(d, &r->v) == 0)
        return true;
    if (verbose(d, 1))
        return say_attributes(d, r, d->opt->verbosity);
    r->v = view_from(r->v, ATTRIBUTES_LEN);
    return true;
}

static bool say_post(struct dissect *d, struct results *r)
{
    if (verbose(d, 1))
        say_z(d, " POST:");
    return say_after(d, r);
}

/* Weak cache consistency: attributes before and after. */
static bool say_change(struct dissect *d, struct results *r)
{
    enum { BEFORE_LEN = 24 };

    if (verbose(d, 2))
        say_z(d, " PRE:");
    if (xdr_u32(d, &r->v) != 0) {
        struct view v = r->v;
        if (!there(d, r, BEFORE_LEN))
            return false;
        if (verbose(d, 2))
            say(d, " sz %llu mtime %u.%06u ctime %u.%06u", (unsigned long long)be64_at(d, v, 0),
                be32_at(d, v, 8), be32_at(d, v, 12), be32_at(d, v, 16), be32_at(d, v, 20));
        r->v = view_from(v, BEFORE_LEN);
    }
    return say_post(d, r);
}

static void say_getattr(struct dissect *d, struct results *r)
{
    if (!r->failed)
        say_attributes(d, r, 1);
}

static void say_setattr(struct dissect *d, struct results *r)
{
    if (r->v3)
        say_change(d, r);
    else if (!r->failed)
        say_attributes(d, r, 1);
}

static void say_lookup(struct dissect *d, struct results *r)
{
    if (!r->failed)
        nfs_say_handle(d, &r->v, r->v3);
    if (!r->v3) {
        if (!r->failed)
            say_attributes(d, r, d->opt->verbosity);
        return;
    }
    if ((!r->failed && !say_after(d, r)) || !verbose(d, 2))
        return;
    say_z(d, " post dattr:");
    say_after(d, r);
}

static void say_access(struct dissect *d, struct results *r)
{
    if (verbose(d, 1))
        say_z(d, " attr:");
    if (say_after(d, r) && !r->failed)
        say_at(d, r->v, " c %04lx", AT_BE32(0));
}

static void say_readlink(struct dissect *d, struct results *r)
{
    if (r->failed || (r->v3 && !say_after(d, r)))
        return;
    say_z(d, " ");
    nfs_say_name(d, &r->v);
}

static void say_read(struct dissect *d, struct results *r)
{
    if (!r->v3) {
        if (!r->failed)
            say_attributes(d, r, d->opt->verbosity);
        return;
    }
    if (!say_after(d, r) || r->failed || !verbose(d, 1))
        return;
    say_at(d, r->v, " %lu bytes", AT_BE32(0));
    if (be32_at(d, r->v, 4) != 0)
        say_z(d, " EOF");
}

static void say_write(struct dissect *d, struct results *r)
{
    if (!r->v3) {
        if (!r->failed)
            say_attributes(d, r, d->opt->verbosity);
        return;
    }
    if (!say_change(d, r) || r->failed || !verbose(d, 1))
        return;
    say_at(d, r->v, " %lu bytes", AT_BE32(0));
    if (!verbose(d, 2))
        return;
    say(d, " <%s>", name_of(d, nfs_write_modes, be32_at(d, r->v, 4), "#%d"));
    say(d, " verf %llx", (unsigned long long)be64_at(d, r->v, 8));
}

/* A new object: create, mkdir, symlink, mknod. */
static void say_created(struct dissect *d, struct results *r)
{
    if (r->failed) {
        if (r->v3)
            say_change(d, r);
        return;
    }
    if (!r->v3) {
        nfs_say_handle(d, &r->v, false);
        say_attributes(d, r, d->opt->verbosity);
        return;
    }
    if (xdr_u32(d, &r->v) == 0)
        return;
    nfs_say_handle(d, &r->v, true);
    if (!verbose(d, 1) || !say_after(d, r) || !verbose(d, 2))
        return;
    say_z(d, " dir attr:");
    say_change(d, r);
}

static void say_symlink(struct dissect *d, struct results *r)
{
    if (r->v3)
        say_created(d, r);
}

static void say_removed(struct dissect *d, struct results *r)
{
    if (r->v3)
        say_change(d, r);
}

static void say_renamed(struct dissect *d, struct results *r)
{
    if (!r->v3 || !verbose(d, 1))
        return;
    say_z(d, " from:");
    if (!say_change(d, r))
        return;
    say_z(d, " to:");
    say_change(d, r);
}

static void say_linked(struct dissect *d, struct results *r)
{
    if (!r->v3 || !verbose(d, 1))
        return;
    say_z(d, " file");
    if (!say_post(d, r))
        return;
    say_z(d, " dir:");
    say_change(d, r);
}

static void say_readdir(struct dissect *d, struct results *r)
{
    if (r->v3) {
        if (say_post(d, r) && !r->failed && verbose(d, 1))
            say_at(d, r->v, " verf %08lx%08lx", AT_BE32(0), AT_BE32(4));
    } else if (!r->failed) {
        say_at(d, r->v, " offset 0x%lx size %lu ", AT_BE32(0), AT_BE32(4));
        if (be32_at(d, r->v, 8) != 0)
            say_z(d, " eof");
    }
}

static void say_fsstat(struct dissect *d, struct results *r)
{
    if ((r->v3 && !say_post(d, r)) || r->failed)
        return;
    struct view v = r->v;
    if (!r->v3) {
        say_at(d, v, " tsize %lu bsize %lu blocks %lu bfree %lu bavail %lu", AT_BE32(0), AT_BE32(4),
               AT_BE32(8), AT_BE32(12), AT_BE32(16));
        return;
    }
    enum { FSSTAT_LEN = 52 };
    if (!there(d, r, FSSTAT_LEN))
        return;
    say(d, " tbytes %llu fbytes %llu abytes %llu", (unsigned long long)be64_at(d, v, 0),
        (unsigned long long)be64_at(d, v, 8), (unsigned long long)be64_at(d, v, 16));
    if (verbose(d, 1))
        say(d, " tfiles %llu ffiles %llu afiles %llu invar %u",
            (unsigned long long)be64_at(d, v, 24), (unsigned long long)be64_at(d, v, 32),
            (unsigned long long)be64_at(d, v, 40), be32_at(d, v, 48));
}

static void say_fsinfo(struct dissect *d, struct results *r)
{
    enum { FSINFO_LEN = 48 };

    if (!say_post(d, r) || r->failed || !there(d, r, FSINFO_LEN))
        return;
    struct view v = r->v;
    say_at(d, v, " rtmax %lu rtpref %lu wtmax %lu wtpref %lu dtpref %lu", AT_BE32(0), AT_BE32(4),
           AT_BE32(12), AT_BE32(16), AT_BE32(24));
    if (verbose(d, 1)) {
        say(d, " rtmult %u wtmult %u maxfsz %llu delta %u.%06u ", be32_at(d, v, 8),
            be32_at(d, v, 20), (unsigned long long)be64_at(d, v, 28), be32_at(d, v, 36),
            be32_at(d, v, 40));
    }
}

static void say_pathconf(struct dissect *d, struct results *r)
{
    if (!say_post(d, r) || r->failed)
        return;
    struct view v = r->v;
    say_at(d, v, " linkmax %lu namemax %lu %s %s %s %s", AT_BE32(0), AT_BE32(4),
           be32_at(d, v, 8) != 0 ? "notrunc" : "", be32_at(d, v, 12) != 0 ? "chownres" : "",
           be32_at(d, v, 16) != 0 ? "igncase" : "", be32_at(d, v, 20) != 0 ? "keepcase" : "");
}

static void say_commit(struct dissect *d, struct results *r)
{
    if (say_change(d, r) && verbose(d, 2))
        say(d, " verf %llx", (unsigned long long)be64_at(d, r->v, 0));
}

/* By procedure; NULL: only its name is shown. */
static void (*const results_of[])(struct dissect *d, struct results *r) = {
    [NFS_GETATTR] = say_getattr,   [NFS_SETATTR] = say_setattr,     [NFS_LOOKUP] = say_lookup,
    [NFS_ACCESS] = say_access,     [NFS_READLINK] = say_readlink,   [NFS_READ] = say_read,
    [NFS_WRITE] = say_write,       [NFS_CREATE] = say_created,      [NFS_MKDIR] = say_created,
    [NFS_SYMLINK] = say_symlink,   [NFS_MKNOD] = say_created,       [NFS_REMOVE] = say_removed,
    [NFS_RMDIR] = say_removed,     [NFS_RENAME] = say_renamed,      [NFS_LINK] = say_linked,
    [NFS_READDIR] = say_readdir,   [NFS_READDIRPLUS] = say_readdir, [NFS_FSSTAT] = say_fsstat,
    [NFS_FSINFO] = say_fsinfo,     [NFS_PATHCONF] = say_pathconf,   [NFS_COMMIT] = say_commit,
};

static void say_accepted(struct dissect *d, struct view v, u32 len)
{
    struct rpc_call call = nfs_call_of(d, v, true);

    say(d, "reply ok %u", len);
    if (d->sealed || !rpc_call_find(&d->sessions->nfs, &call))
        return;
    u32 procedure = nfs_procedure(call.version, call.procedure);
    say(d, " %s", nfs_procedure_name(d, procedure));
    if (procedure >= countof(results_of) || results_of[procedure] == NULL)
        return;
    struct view at = view_from(v, RPC_REPLY_LEN);
    u32 verifier = be32_at(d, at, WORD);
    if (verifier >= len) {
        seal(d);
        return;
    }
    at = view_from(at, (2 * WORD + verifier + WORD - 1) & ~(WORD - 1u));
    u32 status = xdr_u32(d, &at);
    if (status != 0) {
        say(d, " %s", name_of(d, &refusals.names, status, "ar_stat %u"));
        return;
    }
    struct results r = { at, call.version == NFS_VERSION_3, false };
    say_status(d, &r);
    results_of[procedure](d, &r);
}

static void say_denied(struct dissect *d, struct view v, u32 len)
{
    enum { RPC_MISMATCH, AUTH_ERROR };

    say(d, "reply ERR %u: ", len);
    v = view_from(v, RPC_REPLY_LEN);
    u32 reason = xdr_u32(d, &v);
    switch (reason) {
    case RPC_MISMATCH:
        say_at(d, v, "RPC Version mismatch (%lu-%lu)", AT_BE32(0), AT_BE32(4));
        break;
    case AUTH_ERROR:
        say(d, "Auth %s", name_of(d, &auth_failures.names, be32_at(d, v, 0),
                                  "Invalid failure code %u"));
        break;
    default: say(d, "Unknown reason for rejecting rpc message %u", reason); break;
    }
}

void nfs_say_reply(struct dissect *d, struct view v, u32 len)
{
    enum { ACCEPTED, DENIED };

    d->proto = "nfs";
    if (!want(d, v, RPC_REPLY_STATUS, 4))
        return;
    u32 status = be32_at(d, v, RPC_REPLY_STATUS);
    switch (status) {
    case ACCEPTED: say_accepted(d, v, len); break;
    case DENIED: say_denied(d, v, len); break;
    default: say(d, "reply Unknown rpc response code=%u %u", status, len); break;
    }
}
