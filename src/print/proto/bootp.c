/*
 * BOOTP, the frame in which DHCP travels.  RFC 951, section 3; RFC 2131, section 2.
 *
 *    0               1               2               3
 *   +---------------+---------------+---------------+---------------+
 *   |   operation   | hardware type |hardware length|     hops      |
 *   |                        transaction id                         |
 *   +-------------------------------+-------------------------------+
 *   |            seconds            |             flags             |
 *   |       client, your, server and gateway IP address             |
 *   |                 client hardware address (16)                  |
 *   |                       server name (64)                        |
 *   |                        file name (128)                        |
 *   |                      vendor extensions                        |
 *   +---------------------------------------------------------------+
 */
#include "print/printer.h"
#include "print/proto/dhcp_options.h"

enum {
    OPERATION,
    HARDWARE_TYPE,
    HARDWARE_LENGTH,
    HOPS,
    TRANSACTION,
    SECONDS = 8,
    FLAGS = 10,
    CLIENT_IP = 12,
    YOUR_IP = 16,
    SERVER_IP = 20,
    GATEWAY_IP = 24,
    CLIENT_HARDWARE = 28,
    SERVER_NAME = 44,
    FILE_NAME = 108,
    VENDOR = 236,
};

enum { HARDWARE_ETHER = 1, ETHER_BYTES = 6 };
enum { REQUEST = 1 };
enum { COOKIE_RFC1048 = 0x63825363, COOKIE_CMU = 0x434d5500 };

NAMES(operations, (REQUEST, "Request") (2, "Reply"));

NAMES(flags, (0x8000, "Broadcast"));

/* All of these return false when the message is cut. */

static bool say_header(struct dissect *d, struct view v)
{
    if (!view_has(v, SECONDS, 2))
        return false;
    u8 type = u8_at(d, v, HARDWARE_TYPE), length = u8_at(d, v, HARDWARE_LENGTH);
    if (type != HARDWARE_ETHER)
        say(d, ", htype %u", type);
    if (type != HARDWARE_ETHER || length != ETHER_BYTES)
        say(d, ", hlen %u", length);
    if (u8_at(d, v, HOPS) != 0)
        say_at(d, v, ", hops %lu", AT_U8(HOPS));
    if (be32_at(d, v, TRANSACTION) != 0)
        say_at(d, v, ", xid 0x%lx", AT_BE32(TRANSACTION));
    if (be16_at(d, v, SECONDS) != 0)
        say_at(d, v, ", secs %lu", AT_BE16(SECONDS));
    u16 bits = be16_at(d, v, FLAGS);
    say(d, ", Flags [%s]", flags_of(d, &flags.names, bits, ", ", "none"));
    if (verbose(d, 2))
        say(d, " (0x%04x)", bits);
    return true;
}

static void say_addresses(struct dissect *d, struct view v)
{
    static const struct {
        u32 at;
        const char *label;
    } addresses[] = {
        { CLIENT_IP, "Client-IP" },
        { YOUR_IP, "Your-IP" },
        { SERVER_IP, "Server-IP" },
        { GATEWAY_IP, "Gateway-IP" },
    };

    for (u32 i = 0; i < countof(addresses); i++)
        if (be32_at(d, v, addresses[i].at) != 0)
            say_at(d, v, "\n\t  %s %pI4", addresses[i].label, AT_ADDRESS(addresses[i].at));
}

/* A text that ends with a zero byte; as tcpdump: one that fills its field counts as cut. */
static bool say_text(struct dissect *d, const char *label, struct view v)
{
    u32 n = 0;

    if (u8_at(d, v, 0) == '\0')
        return true;
    while (view_byte(v, n) > 0)
        n++;
    say(d, "\n\t  %s \"", label);
    say_visible(d, view_clip(v, n));
    say_z(d, "\"");
    return n < v.cap;
}

/* " NS1:10.0.0.1", or nothing for 0.0.0.0. */
static bool say_cmu_address(struct dissect *d, struct view v, u32 at, const char *label)
{
    if (!view_has(v, at, 4))
        return false;
    if (be32_at(d, v, at) != 0)
        say_at(d, v, " %s:%pI4", label, AT_ADDRESS(at));
    return true;
}

/* The vendor extensions of Carnegie Mellon, from before RFC 1048. */
static bool say_cmu(struct dissect *d, struct view v)
{
    enum { CMU_FLAGS = 4, CMU_MASK = 8, CMU_GATEWAY = 12, CMU_SERVERS = 16, MASK_GIVEN = 1 };
    static const char *const servers[] = { "NS1", "NS2", "IEN1", "IEN2", "TS1", "TS2" };

    say_z(d, " vend-cmu");
    if (!view_has(v, CMU_FLAGS, 4))
        return false;
    u8 bits = u8_at(d, v, CMU_FLAGS);
    if ((bits & ~MASK_GIVEN) != 0)
        say(d, " F:0x%x", bits);
    if (!say_cmu_address(d, v, CMU_GATEWAY, "DG") ||
        !say_cmu_address(d, v, CMU_MASK, (bits & MASK_GIVEN) != 0 ? "SM" : "SM*"))
        return false;
    for (u32 i = 0; i < countof(servers); i++)
        if (!say_cmu_address(d, v, CMU_SERVERS + i * 4, servers[i]))
            return false;
    return true;
}

static bool say_vendor(struct dissect *d, struct view v)
{
    if (!view_has(v, 0, 4))
        return false;
    u32 cookie = be32_at(d, v, 0);
    switch (cookie) {
    case COOKIE_RFC1048: say_dhcp_options(d, v); return true;
    case COOKIE_CMU: return say_cmu(d, v);
    case 0: return true;
    default: say(d, "\n\t  Vendor-#0x%x", cookie); return true;
    }
}

static bool say_details(struct dissect *d, struct view v)
{
    if (!say_header(d, v))
        return false;
    say_addresses(d, v);
    if (u8_at(d, v, HARDWARE_TYPE) == HARDWARE_ETHER &&
        u8_at(d, v, HARDWARE_LENGTH) == ETHER_BYTES)
        say(d, "\n\t  Client-Ethernet-Address %pM", bytes_at(d, v, CLIENT_HARDWARE, ETHER_BYTES));
    return say_text(d, "sname", view_sub(v, SERVER_NAME, FILE_NAME - SERVER_NAME)) &&
           say_text(d, "file", view_sub(v, FILE_NAME, VENDOR - FILE_NAME)) &&
           say_vendor(d, view_from(v, VENDOR));
}

void print_bootp(struct dissect *d, struct view v)
{
    d->proto = "bootp";
    u8 operation = u8_at(d, v, OPERATION);
    say(d, "BOOTP/DHCP, %s", name_of(d, &operations.names, operation, "unknown (0x%02x)"));
    u8 type = u8_at(d, v, HARDWARE_TYPE), length = u8_at(d, v, HARDWARE_LENGTH);
    if (type == HARDWARE_ETHER && length == ETHER_BYTES && operation == REQUEST)
        say(d, " from %pM", bytes_at(d, v, CLIENT_HARDWARE, ETHER_BYTES));
    say(d, ", length %u", v.len);
    if (verbose(d, 1) && !say_details(d, v))
        truncated(d);
}
