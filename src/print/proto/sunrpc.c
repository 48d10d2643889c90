/*
 * ONC RPC, as -T rpc asks for: calls with their program, and replies as NFS shows them.
 * RFC 5531, section 9; the procedures are those of the port mapper, RFC 1833, section 3.
 */
#include "print/proto/ip.h"
#include "print/proto/nfs/nfs.h"

enum { CALL_HEADER_LEN = 32, VERSION_2 = 2 };

enum { PROC_SET = 1, PROC_UNSET, PROC_GETPORT, PROC_DUMP, PROC_CALLIT };

NAMES(procedures, (0, "null") (1, "set") (2, "unset") (3, "getport") (4, "dump") (5, "call"));

/* as tcpdump: procedures that have a program among their arguments show the one that is called */
static bool has_program(u32 procedure)
{
    return procedure >= PROC_SET && procedure <= PROC_CALLIT && procedure != PROC_DUMP;
}

/* as tcpdump: transaction numbers and the service stand where ports do */
static void say_call(struct dissect *d, struct view v)
{
    d->proto = "sunrpc";
    if (!view_has(v, 0, CALL_HEADER_LEN)) {
        truncated(d);
        return;
    }
    bool numeric = d->opt->numeric;
    u32 version = be32_at(d, v, RPC_CALL_VERSION), procedure = be32_at(d, v, RPC_PROCEDURE);

    say_net_source(d);
    say_at(d, v, ".0x%lx > ", AT_BE32(RPC_XID));
    say_net_destination(d);
    say(d, ".%s: %u", numeric ? "0x6f" : "sunrpc", v.len);
    say(d, " %s", name_of(d, &procedures.names, procedure, " proc #%u"));
    if (version != VERSION_2)
        say(d, " [rpcver %u]", version);
    if (has_program(procedure))
        say_at(d, v, " %s%lu.%lu", numeric ? "" : "#", AT_BE32(RPC_PROGRAM),
               AT_BE32(RPC_PROGRAM_VERSION));
}

static void say_reply(struct dissect *d, struct view v)
{
    u32 xid = be32_at(d, v, RPC_XID);

    say_net_source(d);
    say_z(d, d->opt->numeric ? ".2049 > " : ".nfs > ");
    say_net_destination(d);
    say(d, ".%u: ", xid);
    nfs_say_reply(d, v, v.len);
}

void print_sunrpc(struct dissect *d, struct view v)
{
    u32 direction = be32_at(d, v, RPC_DIRECTION);

    if (d->sealed)
        return;
    if (direction == RPC_CALL)
        say_call(d, v);
    else
        say_reply(d, v);
}
