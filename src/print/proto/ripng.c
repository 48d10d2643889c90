/*
 * RIPng: the routing information protocol of IPv6.  RFC 2080, section 2.1.
 *
 *    0               1               2               3
 *   +---------------+---------------+-------------------------------+
 *   |    command    |    version    |          zero                 |
 *   +---------------+---------------+-------------------------------+
 *   |                      IPv6 prefix (16 bytes)                   |  routes
 *   |           route tag           |  prefix len   |    metric     |
 *   +-------------------------------+---------------+---------------+
 */
#include "print/printer.h"

enum { COMMAND, VERSION, HEADER_LEN = 4 };

enum { PREFIX, TAG = 16, PREFIX_LEN = 18, METRIC, ROUTE_LEN };

enum command { REQUEST = 1, RESPONSE };

enum { METRIC_INFINITY = 16 };

static void say_route(struct dissect *d, struct view v, bool with_metric)
{
    u16 tag = be16_at(d, v, TAG);

    say_at(d, v, "%pI6/%lu", AT_ADDRESS(PREFIX), AT_U8(PREFIX_LEN));
    if (tag != 0)
        say(d, " [%u]", tag);
    u8 metric = u8_at(d, v, METRIC);
    if (with_metric && metric != 0)
        say(d, " (%u)", metric);
}

/* RFC 2080, section 2.4.1: a request for the whole table has one route, to nowhere and too far. */
static bool asks_for_all(struct dissect *d, struct view routes)
{
    static const u8 any[16];

    return routes.len / ROUTE_LEN == 1 && u8_at(d, routes, METRIC) == METRIC_INFINITY &&
           memcmp(bytes_at(d, routes, PREFIX, 16), any, sizeof any) == 0;
}

static void say_routes(struct dissect *d, struct view v, const char *name, bool with_metric)
{
    say(d, " ripng-%s %u", name, v.len / ROUTE_LEN);
    if (v.len % ROUTE_LEN != 0)
        say(d, "[%u]", v.len + HEADER_LEN);
    say_z(d, ":");
    for (; v.len >= ROUTE_LEN && !d->sealed; v = view_from(v, ROUTE_LEN)) {
        say_z(d, verbose(d, 2) ? "\n\t" : " ");
        say_route(d, v, with_metric);
    }
    if (v.len != 0)
        invalid(d);
}

void print_ripng(struct dissect *d, struct view v)
{
    d->proto = "ripng";
    u8 command = u8_at(d, v, COMMAND), version = u8_at(d, v, VERSION);
    struct view routes = view_from(v, HEADER_LEN);

    if (version != 1)
        say(d, " [vers %u]", version);
    else if (command != REQUEST && command != RESPONSE)
        say(d, " ripng-%u ?? %u", command, v.len);
    if (version != 1 || (command != REQUEST && command != RESPONSE) || v.len < HEADER_LEN)
        invalid(d);
    else if (command == RESPONSE)
        say_routes(d, routes, "resp", true);
    else if (asks_for_all(d, routes))
        say_z(d, " ripng-req dump");
    else
        say_routes(d, routes, "req", false);
}
