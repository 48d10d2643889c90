/*
 * NFS: the network file system, version 2 (RFC 1094) and 3 (RFC 1813), its calls.
 *
 *    0               1               2               3
 *   +---------------------------------------------------------------+
 *   |                          transaction                          |
 *   |                         0, for a call                         |
 *   |                       version of RPC, 2                       |
 *   |                            program                            |
 *   |                     version of the program                    |
 *   |                           procedure                           |
 *   |           credentials: flavor, length, opaque bytes           |
 *   |            verifier: flavor, length, opaque bytes             |
 *   |                           arguments                           |
 *   +---------------------------------------------------------------+
 */
#include "print/proto/nfs/nfs.h"

enum { WORD = 4 };

SHARED_NAMES(nfs_file_types,
             (0, "NON") (1, "REG") (2, "DIR") (3, "BLK") (4, "CHR") (5, "LNK") (7, "FIFO"));

SHARED_NAMES(nfs_write_modes, (0, "unstable") (1, "datasync") (2, "filesync"));

NAMES(procedures,
      (0, "null") (1, "getattr") (2, "setattr") (3, "lookup") (4, "access") (5, "readlink")
      (6, "read") (7, "write") (8, "create") (9, "mkdir") (10, "symlink") (11, "mknod")
      (12, "remove") (13, "rmdir") (14, "rename") (15, "link") (16, "readdir") (17, "readdirplus")
      (18, "fsstat") (19, "fsinfo") (20, "pathconf") (21, "commit") (25, "nop"));

/* Procedures of version 2 in numbers of version 3. */
static const u8 old_procedures[] = {
    NFS_NULL,  NFS_GETATTR, NFS_SETATTR, NFS_NOP,    NFS_LOOKUP, NFS_READLINK, NFS_READ,
    NFS_NOP,   NFS_WRITE,   NFS_CREATE,  NFS_REMOVE, NFS_RENAME, NFS_LINK,     NFS_SYMLINK,
    NFS_MKDIR, NFS_RMDIR,   NFS_READDIR, NFS_FSSTAT, NFS_NOP,    NFS_NOP,      NFS_NOP,
    NFS_NOP,   NFS_NOP,     NFS_NOP,     NFS_NOP,    NFS_NOP,
};

u32 nfs_procedure(u32 version, u32 procedure)
{
    if (version == NFS_VERSION_3 || procedure >= countof(old_procedures))
        return procedure;
    return old_procedures[procedure];
}

const char *nfs_procedure_name(struct dissect *d, u32 procedure)
{
    return name_of(d, &procedures.names, procedure, "proc-%u");
}

struct rpc_call nfs_call_of(struct dissect *d, struct view v, bool is_reply)
{
    struct rpc_call call = { .xid = be32_at(d, v, RPC_XID), .ip_version = d->net.version };
    u32 n = call.ip_version == 4 ? 4 : 16;
    const void *src = view_at(d->net.src, 0, n), *dst = view_at(d->net.dst, 0, n);

    if (src == NULL || dst == NULL) {
        call.ip_version = 0;
        return call;
    }
    memcpy(call.client, is_reply ? dst : src, n);
    memcpy(call.server, is_reply ? src : dst, n);
    return call;
}

u32 xdr_u32(struct dissect *d, struct view *v)
{
    u32 value = be32_at(d, *v, 0);

    *v = view_from(*v, 4);
    return value;
}

u64 xdr_u64(struct dissect *d, struct view *v)
{
    u64 value = be64_at(d, *v, 0);

    *v = view_from(*v, 8);
    return value;
}

void nfs_say_name(struct dissect *d, struct view *v)
{
    u32 len = xdr_u32(d, v), whole = (len + WORD - 1) & ~(WORD - 1u);

    if (whole < len) {
        say_z(d, "[cannot pad to 32-bit boundaries]");
        invalid(d);
        abandon(d);
    }
    if (!want(d, *v, 0, whole))
        return;
    say_z(d, "\"");
    say_visible(d, view_clip(*v, len));
    say_z(d, "\"");
    *v = view_from(*v, whole);
}

/*
 * Skips credentials or the verifier: flavor, length and bytes, of which `*len`, what is left of the
 * message, must leave something.  False when it does not.
 */
static bool skip_opaque(struct dissect *d, struct view *v, u32 *len, bool credentials)
{
    u32 claimed = be32_at(d, *v, WORD);
    u64 whole = 2 * WORD + (((u64)claimed + WORD - 1) & ~(WORD - 1ull));

    if (credentials && claimed > *len && !d->sealed) {
        say(d, " [credentials length %u > %u]", claimed, *len);
        invalid(d);
    }
    if (whole >= *len || (credentials && !view_has(*v, 0, (u32)whole))) {
        abandon(d);
        return false;
    }
    *len -= (u32)whole;
    *v = view_from(*v, (u32)whole);
    return true;
}

/* Handle and name, as most procedures begin. */
static void say_place(struct dissect *d, struct view *v, bool v3)
{
    nfs_say_handle(d, v, v3);
    say_z(d, " ");
    nfs_say_name(d, v);
}

static void say_access(struct dissect *d, u32 access)
{
    NAMES(bits,
          (0x01, "NFS_ACCESS_READ")
          (0x02, "NFS_ACCESS_LOOKUP")
          (0x04, "NFS_ACCESS_MODIFY")
          (0x08, "NFS_ACCESS_EXTEND")
          (0x10, "NFS_ACCESS_DELETE")
          (0x20, "NFS_ACCESS_EXECUTE"));
    enum { FULL = 0x3f };

    if ((access & ~(u32)FULL) != 0)
        say(d, " %04x", access);
    else if (access == FULL)
        say_z(d, " NFS_ACCESS_FULL");
    else if (access != 0)
        say(d, " %s", flags_of(d, &bits.names, access, "|", ""));
}

/* The attributes that a new file is to have: sattr3. */
struct settings {
    struct {
        bool set;
        u32 value;
    } mode, uid, gid;
    struct {
        bool set;
        u32 seconds, micro;
    } accessed, modified;
};

static void read_setting(struct dissect *d, struct view *v, bool *set, u32 *value)
{
    *set = xdr_u32(d, v) != 0;
    if (*set)
        *value = xdr_u32(d, v);
}

static void read_time(struct dissect *d, struct view *v, bool *set, u32 *seconds, u32 *micro)
{
    enum { TO_CLIENT_TIME = 2 };

    *set = xdr_u32(d, v) == TO_CLIENT_TIME;
    if (*set) {
        *seconds = xdr_u32(d, v);
        *micro = xdr_u32(d, v);
    }
}

static struct settings read_settings(struct dissect *d, struct view *v)
{
    struct settings s = { 0 };
    bool has_size;
    u32 size;

    read_setting(d, v, &s.mode.set, &s.mode.value);
    read_setting(d, v, &s.uid.set, &s.uid.value);
    read_setting(d, v, &s.gid.set, &s.gid.value);
    read_setting(d, v, &has_size, &size); /* as tcpdump: it has eight bytes, of which four are read */
    read_time(d, v, &s.accessed.set, &s.accessed.seconds, &s.accessed.micro);
    read_time(d, v, &s.modified.set, &s.modified.seconds, &s.modified.micro);
    return s;
}

static void say_settings(struct dissect *d, const struct settings *s)
{
    if (s->mode.set)
        say(d, " mode %o", s->mode.value);
    if (s->uid.set)
        say(d, " uid %u", s->uid.value);
    if (s->gid.set)
        say(d, " gid %u", s->gid.value);
    if (!verbose(d, 2))
        return;
    if (s->accessed.set)
        say(d, " atime %u.%06u", s->accessed.seconds, s->accessed.micro);
    if (s->modified.set)
        say(d, " mtime %u.%06u", s->modified.seconds, s->modified.micro);
}

static void say_read(struct dissect *d, struct view v, bool v3)
{
    if (v3)
        say(d, " %u bytes @ %llu", be32_at(d, v, 8), (unsigned long long)be64_at(d, v, 0));
    else
        say_at(d, v, " %lu bytes @ %lu", AT_BE32(4), AT_BE32(0));
}

static void say_write(struct dissect *d, struct view v, bool v3)
{
    if (!v3) {
        say_at(d, v, " %lu (%lu) bytes @ %lu (%lu)", AT_BE32(12), AT_BE32(8), AT_BE32(4),
               AT_BE32(0));
        return;
    }
    say(d, " %u (%u) bytes @ %llu", be32_at(d, v, 16), be32_at(d, v, 8),
        (unsigned long long)be64_at(d, v, 0));
    if (verbose(d, 1))
        say(d, " <%s>", name_of(d, nfs_write_modes, be32_at(d, v, 12), "#%d"));
}

static void say_symlink(struct dissect *d, struct view v, bool v3)
{
    struct settings s = { 0 };

    say_place(d, &v, v3);
    say_z(d, " ->");
    if (v3)
        s = read_settings(d, &v);
    nfs_say_name(d, &v);
    if (v3 && verbose(d, 1))
        say_settings(d, &s);
}

static void say_mknod(struct dissect *d, struct view v, bool v3)
{
    say_place(d, &v, v3);
    u32 type = xdr_u32(d, &v);
    struct settings s = read_settings(d, &v);
    say(d, " %s", name_of(d, nfs_file_types, type, "unk-ft %u"));
    if (!verbose(d, 1))
        return;
    if (type == NFS_CHARACTER_DEVICE || type == NFS_BLOCK_DEVICE)
        say_at(d, v, " %lu/%lu", AT_BE32(0), AT_BE32(4));
    say_settings(d, &s);
}

static void say_readdir(struct dissect *d, struct view v, bool v3)
{
    if (!v3) {
        say_at(d, v, " %lu bytes @ %lu", AT_BE32(4), AT_BE32(0));
        return;
    }
    say(d, " %u bytes @ %lld", be32_at(d, v, 16), (long long)be64_at(d, v, 0));
    if (verbose(d, 1))
        say_at(d, v, " verf %08lx%08lx", AT_BE32(8), AT_BE32(12));
}

static void say_readdirplus(struct dissect *d, struct view v)
{
    say(d, " %u bytes @ %llu", be32_at(d, v, 16), (unsigned long long)be64_at(d, v, 0));
    if (verbose(d, 1))
        say_at(d, v, " max %lu verf %08lx%08lx", AT_BE32(20), AT_BE32(8), AT_BE32(12));
}

static void say_commit(struct dissect *d, struct view v)
{
    say(d, " %u bytes @ %llu", be32_at(d, v, 8), (unsigned long long)be64_at(d, v, 0));
}

static void say_two_places(struct dissect *d, struct view v, bool v3)
{
    say_place(d, &v, v3);
    say_z(d, " ->");
    say_place(d, &v, v3);
}

static void say_link(struct dissect *d, struct view v, bool v3)
{
    nfs_say_handle(d, &v, v3);
    say_z(d, " ->");
    say_place(d, &v, v3);
}

/* What follows a handle in procedures that begin with one. */
static void say_handle_arguments(struct dissect *d, struct view v, u32 procedure, bool v3)
{
    nfs_say_handle(d, &v, v3);
    switch (procedure) {
    case NFS_ACCESS: say_access(d, be32_at(d, v, 0)); break;
    case NFS_READ: say_read(d, v, v3); break;
    case NFS_WRITE: say_write(d, v, v3); break;
    case NFS_READDIR: say_readdir(d, v, v3); break;
    case NFS_READDIRPLUS: say_readdirplus(d, v); break;
    case NFS_COMMIT: say_commit(d, v); break;
    default: break;
    }
}

static void say_arguments(struct dissect *d, struct view v, u32 procedure, bool v3)
{
    switch (procedure) {
    case NFS_GETATTR:
    case NFS_SETATTR:
    case NFS_READLINK:
    case NFS_FSSTAT:
    case NFS_FSINFO:
    case NFS_PATHCONF:
    case NFS_ACCESS:
    case NFS_READ:
    case NFS_WRITE:
    case NFS_READDIR:
    case NFS_READDIRPLUS:
    case NFS_COMMIT: say_handle_arguments(d, v, procedure, v3); break;
    case NFS_LOOKUP:
    case NFS_CREATE:
    case NFS_MKDIR:
    case NFS_REMOVE:
    case NFS_RMDIR: say_place(d, &v, v3); break;
    case NFS_SYMLINK: say_symlink(d, v, v3); break;
    case NFS_MKNOD: say_mknod(d, v, v3); break;
    case NFS_RENAME: say_two_places(d, v, v3); break;
    case NFS_LINK: say_link(d, v, v3); break;
    default: break;
    }
}

static bool has_arguments(u32 procedure)
{
    return procedure != NFS_NULL && procedure <= NFS_COMMIT;
}

void nfs_say_call(struct dissect *d, struct view v, u32 len)
{
    d->proto = "nfs";
    say(d, "%u", len);
    if (!view_has(v, RPC_PROCEDURE, 4)) {
        truncated(d);
        return;
    }
    struct rpc_call call = nfs_call_of(d, v, false);
    call.version = be32_at(d, v, RPC_PROGRAM_VERSION);
    call.procedure = be32_at(d, v, RPC_PROCEDURE);
    rpc_call_add(&d->sessions->nfs, &call);
    u32 procedure = nfs_procedure(call.version, call.procedure);
    say(d, " %s", nfs_procedure_name(d, procedure));
    if (!has_arguments(procedure))
        return;
    struct view at = view_from(v, RPC_CALL_LEN);
    if (skip_opaque(d, &at, &len, true) && skip_opaque(d, &at, &len, false))
        say_arguments(d, at, procedure, call.version == NFS_VERSION_3);
}

/* A call to the port of NFS, or a reply from it. */
bool is_nfs(const struct dissect *d, struct view v)
{
    const void *direction = view_at(v, RPC_DIRECTION, 4);

    if (direction == NULL)
        return false;
    return (d->dport == PORT_NFS && load_be32(direction) == RPC_CALL) ||
           (d->sport == PORT_NFS && load_be32(direction) == RPC_REPLY);
}

static void say_message(struct dissect *d, struct view v, u32 len)
{
    bool is_call = be32_at(d, v, RPC_DIRECTION) == RPC_CALL;

    say_at(d, v, "NFS %s xid %lu ", is_call ? "request" : "reply", AT_BE32(RPC_XID));
    if (is_call)
        nfs_say_call(d, v, len);
    else
        nfs_say_reply(d, v, len);
    resume(d);
}

void print_nfs(struct dissect *d, struct view v) { say_message(d, v, v.len); }

/* Over TCP each message has its length before it, RFC 5531, section 11; the first one is shown. */
void print_nfs_tcp(struct dissect *d, struct view v)
{
    enum { MARK_LEN = 4, LENGTH_MASK = 0x7fffffff };
    struct view message = view_from(v, MARK_LEN);

    if (!is_nfs(d, message))
        return;
    u32 len = be32_at(d, v, 0) & LENGTH_MASK;
    say_z(d, ": ");
    say_message(d, message, len < message.len ? len : message.len);
}
