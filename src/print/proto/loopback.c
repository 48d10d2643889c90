/*
 * The configuration testing protocol of Ethernet: frames that stations send on or back.  "The
 * Ethernet", version 2.0 (1982), chapter 8.  Numbers are little-endian.
 *
 *    0               1               2               3
 *   +-------------------------------+---------------+---------------+
 *   |  bytes to skip to a function  |  functions ...
 *   +-------------------------------+---------------+---------------+
 *
 *   A function is: number 16; for a reply: receipt 16, data; to forward: address 6, data.
 */
#include "base/ethertype.h"
#include "print/printer.h"

enum { SKIP, FIELD_LEN = 2, FUNCTION_LEN = 8 };

enum function { REPLY = 1, FORWARD };

/* False when the frame contradicts itself; `*v` is what has not been looked at. */
static bool say_message(struct dissect *d, struct view *v)
{
    if (v->len < FIELD_LEN)
        return false;
    u16 skip = le16_at(d, *v, SKIP);
    *v = view_from(*v, FIELD_LEN);
    say(d, ", skipCount %u", skip);
    if (skip % FUNCTION_LEN != 0)
        say_z(d, " (bogus)");
    if (skip > v->len)
        return false;
    if (!need(d, *v, 0, skip))
        return true;
    *v = view_from(*v, skip);
    if (v->len < FIELD_LEN)
        return false;
    u16 function = le16_at(d, *v, 0);
    *v = view_from(*v, FIELD_LEN);
    switch (function) {
    case REPLY:
        say_z(d, ", Reply");
        if (v->len < FIELD_LEN)
            return false;
        say(d, ", receipt number %u", le16_at(d, *v, 0));
        *v = view_from(*v, FIELD_LEN);
        break;
    case FORWARD:
        say_z(d, ", Forward Data");
        if (v->len < ETHER_ADDR_LEN)
            return false;
        say(d, ", forwarding address %pM", bytes_at(d, *v, 0, ETHER_ADDR_LEN));
        *v = view_from(*v, ETHER_ADDR_LEN);
        break;
    default:
        say(d, ",  invalid (%u)", function);
        need(d, *v, 0, v->len);
        return true;
    }
    say(d, ", data (%u octets)", v->len);
    need(d, *v, 0, v->len);
    return true;
}

void print_loopback(struct dissect *d, struct view v)
{
    d->proto = "loopback";
    say_z(d, "Loopback");
    if (!say_message(d, &v)) {
        invalid(d);
        need(d, v, 0, v.len);
    }
}
