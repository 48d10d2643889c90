/* Packets that begin with an IP header of either version. */
#include "print/printer.h"
#include "print/proto/ip.h"

void ip_either(struct dissect *d, struct view v)
{
    d->proto = "ipn";
    if (v.len == 0) {
        say_z(d, "truncated-ip 0");
        return;
    }
    u32 version = u8_at(d, v, 0) >> 4;

    switch (version) {
    case 4: print_ip(d, v); break;
    case 6: print_ip6(d, v); break;
    default: say(d, "unknown ip %u", version); break;
    }
}

void print_raw(struct dissect *d, struct view v)
{
    d->proto = "raw";
    if (d->opt->link_header)
        say_z(d, "ip: ");
    ip_either(d, v);
}
