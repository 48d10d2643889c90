/*
 * VQP: Cisco's VLAN query protocol, by which a switch asks what VLAN an address belongs to.  Not
 * specified in public; the format is that of the free server OpenVMPS.
 *
 *    0               1               2               3
 *   +---------------+---------------+---------------+---------------+
 *   |    version    |     type      |  error code   |     items     |
 *   |                        sequence number                        |
 *   +---------------------------------------------------------------+
 *   |                         type of item                          |
 *   |            length             |  value ...                    |
 *   +---------------------------------------------------------------+
 */
#include "print/hexdump.h"
#include "print/printer.h"

enum { VERSION, TYPE, ERROR_CODE, ITEMS, SEQUENCE, HEADER_LEN = 8 };

NAMES(types,
      (1, "Request, Join Port")
      (2, "Response, VLAN")
      (3, "Request, Reconfirm")
      (4, "Response, Reconfirm"));

NAMES(errors, (0, "No error") (3, "Access denied") (4, "Shutdown port") (5, "Wrong VTP domain"));

enum item {
    CLIENT_ADDRESS = 0xc01,
    PORT_NAME,
    VLAN_NAME,
    DOMAIN_NAME,
    PACKET,
    MAC_NULL,
    MAC = 0xc08,
};

NAMES(items,
      (CLIENT_ADDRESS, "Client IP Address")
      (PORT_NAME, "Port Name")
      (VLAN_NAME, "VLAN Name")
      (DOMAIN_NAME, "VTP Domain")
      (PACKET, "Ethernet Packet")
      (MAC_NULL, "MAC Null")
      (MAC, "MAC Address"));

/* Whether the message has `n` bytes more and they are captured; says what is wrong otherwise. */
static bool is_whole(struct dissect *d, struct view v, u32 n)
{
    if (!need(d, v, 0, n))
        return false;
    if (v.len < n)
        invalid(d);
    return v.len >= n;
}

/* False when the length is wrong. */
static bool say_value(struct dissect *d, u32 type, struct view v)
{
    switch (type) {
    case CLIENT_ADDRESS:
        if (v.len != 4)
            return false;
        say_at(d, v, "%pI4 (0x%08lx)", AT_ADDRESS(0), AT_BE32(0));
        return true;
    case PORT_NAME:
    case VLAN_NAME:
    case DOMAIN_NAME:
    case PACKET: say_until_nul(d, v); return true;
    case MAC_NULL:
    case MAC:
        if (v.len != 6)
            return false;
        say_mac_at(d, v, 0);
        return true;
    default:
        if (!verbose(d, 2))
            hexdump(d->out, "\n\t    ", v);
        return true;
    }
}

static void say_items(struct dissect *d, struct view v, u32 count)
{
    enum { ITEM_TYPE, ITEM_LENGTH = 4, ITEM_HEADER_LEN = 6 };

    for (u32 i = 0; repeat(d, i, count) && v.len > 0; i++) {
        if (!is_whole(d, v, ITEM_HEADER_LEN))
            return;
        u32 type = be32_at(d, v, ITEM_TYPE), length = be16_at(d, v, ITEM_LENGTH);
        v = view_from(v, ITEM_HEADER_LEN);
        say(d, "\n\t  %s Object (0x%08x), length %u, value: ",
            name_of(d, &items.names, type, "Unknown"), type, length);
        if (type == 0 || length == 0)
            return;
        if (!is_whole(d, v, length))
            return;
        if (!say_value(d, type, view_clip(v, length))) {
            invalid(d);
            return;
        }
        v = view_from(v, length);
    }
}

void print_vqp(struct dissect *d, struct view v)
{
    d->proto = "vqp";
    if (!is_whole(d, v, HEADER_LEN))
        return;
    u8 version = u8_at(d, v, VERSION), type = u8_at(d, v, TYPE), error = u8_at(d, v, ERROR_CODE);
    if (version != 1) {
        say(d, "VQP version %u packet not supported", version);
        return;
    }
    const char *name = name_of(d, &types.names, type, "unknown (%u)"),
               *why = name_of(d, &errors.names, error, "unknown");
    if (!verbose(d, 1)) {
        say(d, "VQPv%u %s Message, error-code %s (%u), length %u", version, name, why, error,
            v.len);
        return;
    }
    say_at(d, v, "\n\tVQPv%u, %s Message, error-code %s (%u), seq 0x%08lx, items %lu, length %u",
           version, name, why, error, AT_BE32(SEQUENCE), AT_U8(ITEMS), v.len);
    say_items(d, view_from(v, HEADER_LEN), u8_at(d, v, ITEMS));
}
