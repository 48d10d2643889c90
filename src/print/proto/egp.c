/*
 * EGP, the exterior gateway protocol.  RFC 904, appendix A.
 *
 *    0               1               2               3
 *   +---------------+---------------+---------------+---------------+
 *   |    version    |     type      |     code      |    status     |
 *   |           checksum            |       autonomous system       |
 *   |           sequence            |  hello interval, reason, or   |
 *   |                               | interior and exterior routers |
 *   |       poll interval, or in polls and updates the network      |
 *   +---------------------------------------------------------------+
 *
 * Networks are those of classes A, B and C: of an address only what its class leaves open is sent.
 */
#include "print/printer.h"

enum { VERSION, TYPE, CODE, STATUS, AUTONOMOUS_SYSTEM = 6, SEQUENCE = 8, HELLO = 10, REASON = 10,
       INTERIOR = 10, EXTERIOR = 11, POLL_INTERVAL = 12, NETWORK = 12, HEADER = 16 };

enum { EGP_2 = 2, UNSOLICITED = 0x80 };

enum type { UPDATE = 1, POLL = 2, ACQUIRE = 3, REACH = 5, ERROR = 8 };

enum acquire { REQUEST, CONFIRM, REFUSE, CEASE, CEASE_ACK };

static const char *const acquire_codes[] = {
    "request", "confirm", "refuse", "cease", "cease_ack"
};
NAMES(modes, (0, "unspecified") (1, "active_mode") (2, "passive_mode"));
static const char *const causes[] = {
    "unspecified", NULL, NULL, "insufficient_resources", "administratively_prohibited",
    "going_down", "parameter_violation", "protocol_violation",
};
static const char *const reach_codes[] = { "hello", "i-h-u" };
static const char *const states[] = { "indeterminate", "up", "down" };
NAMES(reasons,
      (0, "unspecified")
      (1, "bad_EGP_header_format")
      (2, "bad_EGP_data_field_format")
      (3, "reachability_info_unavailable")
      (4, "excessive_polling_rate")
      (5, "no_response")
      (6, "unsupported_version"));

/* How many bytes of an address that begins so name its network; 0 beyond class C. */
static u32 network_len(u8 first)
{
    if (first < 0x80)
        return 1;
    if (first < 0xc0)
        return 2;
    return first < 0xe0 ? 3 : 0;
}

/* The networks that are `distance` away, behind their number; `*all` is moved behind them. */
static void say_distance(struct dissect *d, struct view *all)
{
    enum { COUNT = 1, NETWORKS };

    say(d, "d%u:", u8_at(d, *all, 0));
    u32 count = u8_at(d, *all, COUNT);
    struct view v = view_from(*all, NETWORKS);

    for (u32 i = 0; repeat(d, i, count); i++) {
        u8 first = u8_at(d, v, 0);
        u32 len = network_len(first);
        u8 address[4] = { first };
        if (len == 0)
            len = 3;
        if (!want(d, v, 0, len))
            return;
        memcpy(address, bytes_at(d, v, 0, len), len);
        say(d, " %pI4", address);
        v = view_from(v, len);
    }
    *all = v;
}

/* Appendix A.5: the routers of `network`, each with the networks that can be reached by it. */
static void say_routers(struct dissect *d, struct view v, const u8 *network, u32 interior, u32 exterior)
{
    u32 host = network_len(network[0]);
    u32 len = 4 - host;

    for (u32 i = 0; repeat(d, i, interior + exterior); i++) {
        u8 address[4];
        if (!want(d, v, 0, len + 1))
            return;
        memcpy(address, network, sizeof address);
        memcpy(address + host, bytes_at(d, v, 0, len), len);
        say(d, " %s %pI4 (", i < interior ? "int" : "ext", address);
        u32 distances = u8_at(d, v, len);
        v = view_from(v, len + 1);
        for (u32 k = 0; repeat(d, k, distances); k++) {
            if (v.len < 2 || !want(d, v, 0, 1)) {
                abandon(d);
                return;
            }
            if (k > 0)
                say_z(d, ", ");
            say_distance(d, &v);
        }
        say_z(d, ")");
    }
}

static void say_state(struct dissect *d, u32 status)
{
    if (status < countof(states))
        say(d, " state:%s", states[status]);
    else
        say(d, " [status %u]", status);
}

static void say_acquire(struct dissect *d, struct view v, u32 code, u32 status)
{
    say(d, " acquire%s%s", code < countof(acquire_codes) ? " " : "",
        name_in(d, acquire_codes, countof(acquire_codes), code, "[code %u]"));
    switch (code) {
    case REQUEST:
    case CONFIRM:
        say(d, " %s", name_of(d, &modes.names, status, "[status %u]"));
        say_at(d, v, " hello:%lu poll:%lu", AT_BE16(HELLO), AT_BE16(POLL_INTERVAL));
        break;
    case REFUSE:
    case CEASE:
    case CEASE_ACK:
        if (status < countof(causes) && causes[status] != NULL)
            say(d, " %s", causes[status]);
        else
            say(d, "[status %u]", status);
        break;
    default: break;
    }
}

static void say_update(struct dissect *d, struct view v, u32 status)
{
    const u8 *network = bytes_at(d, v, NETWORK, 4);
    u32 interior = u8_at(d, v, INTERIOR), exterior = u8_at(d, v, EXTERIOR);

    say_z(d, " update");
    if ((status & UNSOLICITED) != 0)
        say_z(d, " unsolicited");
    say_state(d, status & ~(u32)UNSOLICITED);
    say(d, " %pI4 int %u ext %u", network, interior, exterior);
    say_routers(d, view_from(v, HEADER), network, interior, exterior);
}

static void say_message(struct dissect *d, struct view v)
{
    u32 type = u8_at(d, v, TYPE), code = u8_at(d, v, CODE), status = u8_at(d, v, STATUS);

    switch (type) {
    case UPDATE: say_update(d, v, status); break;
    case POLL:
        say_z(d, " poll");
        say_state(d, status);
        say_at(d, v, " net:%pI4", AT_ADDRESS(NETWORK));
        break;
    case ACQUIRE: say_acquire(d, v, code, status); break;
    case REACH:
        if (code >= countof(reach_codes)) {
            say(d, "[reach code %u]", code);
            break;
        }
        say(d, " %s", reach_codes[code]);
        say_state(d, status);
        break;
    case ERROR:
        say_z(d, " error");
        say_state(d, status);
        say(d, " %s", name_of(d, &reasons.names, be16_at(d, v, REASON), "[reason %u]"));
        break;
    default: say(d, "[type %u]", type); break;
    }
}

static void say_egp(struct dissect *d, struct view v)
{
    if (!want(d, v, 0, HEADER))
        return;
    u32 version = u8_at(d, v, VERSION);
    if (!verbose(d, 1)) {
        say_at(d, v, "EGPv%u, AS %lu, seq %lu, length %u", version, AT_BE16(AUTONOMOUS_SYSTEM),
               AT_BE16(SEQUENCE), v.len);
        return;
    }
    say(d, "EGPv%u, length %u", version, v.len);
    if (version == EGP_2)
        say_message(d, v);
    else
        say(d, "[version %u]", version);
}

void print_egp(struct dissect *d, struct view v)
{
    d->proto = "egp";
    say_egp(d, v);
    resume(d);
}
