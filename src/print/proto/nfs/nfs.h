/*
 * What the printers of calls and replies of NFS share: NFS version 2 (RFC 1094) and 3 (RFC 1813).
 *
 * Messages are read from front to back: each of the functions that take a cursor advances it over
 * what it read.  Past the end they seal the text and give zeros.
 */
#ifndef PRINT_PROTO_NFS_NFS_H
#define PRINT_PROTO_NFS_NFS_H

#include "base/port.h"
#include "print/printer.h"
#include "print/state/sessions.h"

/* The header of a message: RFC 5531, section 9. */
enum { RPC_XID, RPC_DIRECTION = 4, RPC_CALL_LEN = 24, RPC_REPLY_LEN = 12 };
enum { RPC_CALL_VERSION = 8, RPC_PROGRAM = 12, RPC_PROGRAM_VERSION = 16, RPC_PROCEDURE = 20 };
enum { RPC_REPLY_STATUS = 8 };

enum { RPC_CALL, RPC_REPLY };

/* Procedures, as version 3 numbers them. */
enum nfs_procedure {
    NFS_NULL,
    NFS_GETATTR,
    NFS_SETATTR,
    NFS_LOOKUP,
    NFS_ACCESS,
    NFS_READLINK,
    NFS_READ,
    NFS_WRITE,
    NFS_CREATE,
    NFS_MKDIR,
    NFS_SYMLINK,
    NFS_MKNOD,
    NFS_REMOVE,
    NFS_RMDIR,
    NFS_RENAME,
    NFS_LINK,
    NFS_READDIR,
    NFS_READDIRPLUS,
    NFS_FSSTAT,
    NFS_FSINFO,
    NFS_PATHCONF,
    NFS_COMMIT,
    NFS_NOP = 25,
};

enum { NFS_VERSION_3 = 3 };

/* The procedure in numbers of version 3, whatever the version is, and its name. */
u32 nfs_procedure(u32 version, u32 procedure);
const char *nfs_procedure_name(struct dissect *d, u32 procedure);

/* The call that a message belongs to, as far as its addresses and number tell. */
struct rpc_call nfs_call_of(struct dissect *d, struct view v, bool is_reply);

/* "75 getattr fh ...", and "reply ok 75 getattr ..." for the message `v`; `len` is what it claims. */
void nfs_say_call(struct dissect *d, struct view v, u32 len);
void nfs_say_reply(struct dissect *d, struct view v, u32 len);

/* Values of XDR, RFC 4506, behind a cursor. */
u32 xdr_u32(struct dissect *d, struct view *v);
u64 xdr_u64(struct dissect *d, struct view *v);

/* " fh ..." of a file handle, and "name" in quotes. */
void nfs_say_handle(struct dissect *d, struct view *v, bool v3);
void nfs_say_name(struct dissect *d, struct view *v);

/* Types of files, and how far a write has got to the disk. */
extern const struct names *const nfs_file_types, *const nfs_write_modes;
enum { NFS_BLOCK_DEVICE = 3, NFS_CHARACTER_DEVICE = 4 };

#endif
