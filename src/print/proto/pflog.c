/*
 * Packets that OpenBSD's packet filter logs.  LINKTYPE_PFLOG, www.tcpdump.org/linktypes.
 *
 *   length 1, address family 1, action 1, reason 1, interface 16 bytes, rule set 16 bytes, rule 4,
 *   rule of the set 4, uid 4, pid 4, the rule's uid 4 and pid 4, direction 1; padded to 4
 */
#include "print/printer.h"
#include "print/proto/family.h"

enum {
    LENGTH,
    FAMILY,
    ACTION,
    REASON,
    INTERFACE,
    RULE_SET = 20,
    RULE = 36,
    SUB_RULE = 40,
    DIRECTION = 60,
    HEADER_MIN = 45,
    NAME_LEN = 16,
    HEADER_LEN = 64, /* what must be there in any case */
    ALIGNMENT = 4,
};

static const char *const actions[] = { "pass",  "block", "scrub", NULL,  "nat",   "nonat",
                                       "binat", "nobinat", "rdr",  "nordr", "synproxy-drop" };

static const char *const directions[] = { "in/out", "in", "out" };

static const char *const reasons[] = {
    "0(match)",         "1(bad-offset)",   "2(fragment)",       NULL,
    "3(short)",         "5(memory)",       "6(bad-timestamp)",  "7(congestion)",
    "8(ip-option)",     "9(proto-cksum)",  "10(state-mismatch)", "11(state-insert)",
    "12(state-limit)",  "13(src-limit)",   "14(synproxy)",
};

static void say_header(struct dissect *d, struct view v)
{
    u32 sub_rule = be32_at(d, v, SUB_RULE);

    if (sub_rule == UINT32_MAX) {
        say_at(d, v, "rule %lu/", AT_BE32(RULE));
    } else {
        say_at(d, v, "rule %lu.", AT_BE32(RULE));
        say_until_nul(d, view_sub(v, RULE_SET, NAME_LEN));
        say(d, ".%u/", sub_rule);
    }
    say(d, "%s: ", name_in(d, reasons, countof(reasons), u8_at(d, v, REASON), "unkn(%u)"));
    say(d, "%s ", name_in(d, actions, countof(actions), u8_at(d, v, ACTION), "unkn(%u)"));
    say(d, "%s on ", name_in(d, directions, countof(directions), u8_at(d, v, DIRECTION), "unkn(%u)"));
    say_until_nul(d, view_sub(v, INTERFACE, NAME_LEN));
    say_z(d, ": ");
}

void print_pflog(struct dissect *d, struct view v)
{
    d->proto = "pflog";
    u32 header_len = u8_at(d, v, LENGTH);
    if (d->sealed)
        return;
    if (header_len < HEADER_MIN) {
        say_z(d, "[pflog: invalid header length!]");
        d->link_header_len += header_len;
        return;
    }
    header_len = (header_len + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    d->link_header_len += header_len;
    if (!view_has(v, 0, header_len > HEADER_LEN ? header_len : HEADER_LEN)) {
        truncated(d);
        return;
    }
    if (d->opt->link_header)
        say_header(d, v);
    struct view payload = view_from(v, header_len);
    switch (u8_at(d, v, FAMILY)) {
    case BSD_INET: print_ip(d, payload); break;
    case BSD_INET6_BSD:
    case BSD_INET6_FREEBSD:
    case BSD_INET6_DARWIN: print_ip6(d, payload); break;
    default:
        if (!d->opt->link_header)
            say_header(d, v);
        say_payload(d, payload);
        break;
    }
}
