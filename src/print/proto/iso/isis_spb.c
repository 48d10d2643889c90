/*
 * Shortest path bridging in IS-IS.  RFC 6329, sections 14 and 15; IEEE 802.1aq, clause 28.12.
 */
#include "print/printer.h"
#include "print/proto/iso/isis.h"

static void say_too_short(struct dissect *d)
{
    say_z(d, " (too short)");
}

/* A view of `length` bytes, of which more than those may be read. */
static struct view value_of(struct view v, u8 length)
{
    return view_claim(view_from(v, ISIS_TLV_HEADER_LEN), length);
}

static void say_hex(struct dissect *d, struct view v, u32 off, u32 n, const char *between)
{
    for (u32 i = 0; i < n; i++)
        say_at(d, v, "%02lx%s", AT_U8(off + i), between);
}

/* -- in the multi-topology-aware port capability */

enum { PORT_MCID = 4, PORT_DIGEST, PORT_BVID };
enum {
    MCID_FORMAT,
    MCID_NAME,
    MCID_NAME_LEN = 32,
    MCID_LEVEL = 33,
    MCID_DIGEST = 35,
    MCID_DIGEST_LEN = 16,
    MCID_LEN = 51
};

NAMES(port_subtlvs, (PORT_MCID, "SPB MCID") (PORT_DIGEST, "SPB Digest") (PORT_BVID, "SPB BVID"));

static void say_mcid(struct dissect *d, struct view v)
{
    say_at(d, v, "ID: %lu, Name: ", AT_U8(MCID_FORMAT));
    if (!say_until_nul(d, view_sub(v, MCID_NAME, MCID_NAME_LEN)))
        seal(d);
    say_at(d, v, "\n\t              Lvl: %lu", AT_BE16(MCID_LEVEL));
    say_z(d, ", Digest: ");
    say_hex(d, v, MCID_DIGEST, MCID_DIGEST_LEN, " ");
}

/* These return false when what follows is not looked at. */

static bool say_mcids(struct dissect *d, struct view v)
{
    if (v.len < 2 * MCID_LEN) {
        say_too_short(d);
        return false;
    }
    say_z(d, "\n\t         MCID: ");
    say_mcid(d, v);
    say_z(d, "\n\t         AUX-MCID: ");
    say_mcid(d, view_from(v, MCID_LEN));
    return true;
}

static bool say_digest(struct dissect *d, struct view v)
{
    enum { DIGEST = 1, DIGEST_LEN = 33 };

    if (v.len < DIGEST_LEN) {
        say_too_short(d);
        return false;
    }
    u8 flags = u8_at(d, v, 0);
    say(d, "\n\t        RES: %u V: %u A: %u D: %u", flags >> 5, flags >> 4 & 1, flags >> 2 & 3,
        flags & 3);
    say_z(d, "\n\t         Digest: ");
    for (u32 i = 0; i < 8; i++)
        say_at(d, v, "%08lx %s", AT_BE32(DIGEST + i * 4), i == 3 ? "\n\t                 " : "");
    return true;
}

static bool say_bvids(struct dissect *d, struct view v)
{
    enum { BVID = 4, BVID_LEN = 6 };

    for (; v.len > 0 && !d->sealed; v = view_from(v, BVID_LEN)) {
        if (v.len < BVID) {
            say_too_short(d);
            return false;
        }
        say_at(d, v, "\n\t           ECT: %08lx", AT_BE32(0));
        if (v.len < BVID_LEN) {
            say_too_short(d);
            return false;
        }
        u16 bvid = be16_at(d, v, BVID);
        say(d, " BVID: %u, U:%u M:%u ", bvid >> 4, bvid >> 3 & 1, bvid >> 2 & 1);
    }
    return true;
}

void isis_port_capability(struct dissect *d, struct view v)
{
    while (v.len > ISIS_TLV_HEADER_LEN && !d->sealed) {
        u8 type = u8_at(d, v, ISIS_TYPE), length = u8_at(d, v, ISIS_LENGTH);
        struct view value = value_of(v, length);
        say(d, "\n\t       %s subTLV #%u, length: %u", name_of(d, &port_subtlvs.names, type, "unknown"),
            type, length);
        if (v.len < ISIS_TLV_HEADER_LEN + (u32)length) {
            say_z(d, " (> containing TLV length)");
            return;
        }
        if (!view_has(value, 0, length)) {
            truncated(d);
            return;
        }
        bool fine = type == PORT_MCID     ? say_mcids(d, value)
                    : type == PORT_DIGEST ? say_digest(d, value)
                    : type == PORT_BVID   ? say_bvids(d, value)
                                          : true;
        if (!fine)
            return;
        v = view_from(v, ISIS_TLV_HEADER_LEN + length);
    }
}

/* -- in the multi-topology capability */

enum { CAPABILITY_INSTANCE = 1, CAPABILITY_SERVICE = 3 };

NAMES(capability_subtlvs,
      (CAPABILITY_INSTANCE, "SPB Instance")
      (CAPABILITY_SERVICE, "SPBM Service Identifier and Unicast Address"));

/* These return false when what follows is not looked at. */

static bool say_instance(struct dissect *d, struct view v)
{
    enum {
        ROOT,
        COST = 8,
        PRIORITY = 12,
        SOURCE = 14,
        TREE_COUNT = 18,
        INSTANCE_LEN,
        TREE_LEN = 8
    };

    if (v.len < INSTANCE_LEN) {
        say_too_short(d);
        return false;
    }
    say_at(d, v, "\n\t        CIST Root-ID: %08lx", AT_BE32(ROOT));
    say_at(d, v, " %08lx", AT_BE32(ROOT + 4));
    say_at(d, v, ", Path Cost: %08lx", AT_BE32(COST));
    say_at(d, v, ", Prio: %lu", AT_BE16(PRIORITY));
    u32 source = be32_at(d, v, SOURCE);
    say(d, "\n\t        RES: %u", source >> 21);
    say(d, ", V: %u", source >> 20 & 1);
    say(d, ", SPSource-ID: %u", source & 0xfffff);
    u8 trees = u8_at(d, v, TREE_COUNT);
    say(d, ", No of Trees: %x", trees);
    v = view_from(v, INSTANCE_LEN);
    for (u32 i = 0; repeat(d, i, trees); i++, v = view_from(v, TREE_LEN)) {
        if (v.len < TREE_LEN) {
            truncated(d);
            return false;
        }
        u8 flags = u8_at(d, v, 0);
        say(d, "\n\t         U:%u, M:%u, A:%u, RES:%u", flags >> 7, flags >> 6 & 1, flags >> 5 & 1,
            flags & 0x1f);
        say_at(d, v, ", ECT: %08lx", AT_BE32(1));
        u32 vids = be24_at(d, v, 5);
        say(d, ", BVID: %u, SPVID: %u", vids >> 12, vids & 0xfff);
    }
    return true;
}

static bool say_service(struct dissect *d, struct view v)
{
    enum { ADDRESS_LEN = 6, SERVICES = 8, SERVICE_LEN = 4 };

    if (v.len < SERVICES) {
        truncated(d);
        return false;
    }
    say_at(d, v, "\n\t        BMAC: %08lx", AT_BE32(0));
    say_at(d, v, "%04lx", AT_BE16(4));
    u16 vid = be16_at(d, v, ADDRESS_LEN);
    say(d, ", RES: %u, VID: %u", vid >> 12, vid & 0xfff);
    for (v = view_from(v, SERVICES); v.len >= SERVICE_LEN && !d->sealed;
         v = view_from(v, SERVICE_LEN)) {
        u32 service = be32_at(d, v, 0);
        say(d, "\n\t        T: %u, R: %u, RES: %u, ISID: %u", service >> 31, service >> 30 & 1,
            service >> 24 & 0x3f, service & 0xffffff);
    }
    return true;
}

void isis_capability(struct dissect *d, struct view v)
{
    while (v.len > ISIS_TLV_HEADER_LEN && !d->sealed) {
        u8 type = u8_at(d, v, ISIS_TYPE), length = u8_at(d, v, ISIS_LENGTH);
        struct view value = value_of(v, length);
        say(d, "\n\t      %s subTLV #%u, length: %u",
            name_of(d, &capability_subtlvs.names, type, "unknown"), type, length);
        if (v.len < ISIS_TLV_HEADER_LEN + (u32)length) {
            say_z(d, " (> containing TLV length)");
            return;
        }
        if (!view_has(value, 0, length)) {
            truncated(d);
            return;
        }
        bool fine = type == CAPABILITY_INSTANCE  ? say_instance(d, value)
                    : type == CAPABILITY_SERVICE ? say_service(d, value)
                                                 : true;
        if (!fine)
            return;
        v = view_from(v, ISIS_TLV_HEADER_LEN + length);
    }
}
