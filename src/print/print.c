/* One packet to text: number, time, the printers, the dump, the newline. */
#include "print/print.h"

#include "base/linktype.h"
#include "print/hexdump.h"
#include "print/registry.h"
#include "print/say.h"

enum { LEN_MAX = 262144 };

void print_start(struct print_run *run, const struct print_options *opt,
                 const struct resolver *names, struct memory memory, u64 seed, struct out *out)
{
    *run = (struct print_run){ .opt = *opt };
    run->sessions.memory = memory;
    run->sessions.seed = seed;
    run->d.out = out;
    run->d.opt = &run->opt;
    run->d.names = names;
    run->d.sessions = &run->sessions;
    registry_start(&run->registry);
    run->d.registry = &run->registry;
}

void print_end(struct print_run *run) { sessions_clear(&run->sessions); }

/* A record that contradicts itself is named, not decoded.  False when there is nothing wrong. */
static bool say_broken_record(struct out *o, const struct packet *p)
{
    if (p->caplen != 0 && p->len != 0 && p->len >= p->caplen && p->len <= LEN_MAX)
        return false;
    out_text_z(o, "[Invalid header:");
    const char *comma = "";
    if (p->caplen == 0) {
        out_text_z(o, " caplen==0");
        comma = ",";
    }
    if (p->len == 0) {
        out_format(o, "%s len==0", comma);
        comma = ",";
    } else if (p->len < p->caplen) {
        out_format(o, "%s len(%u) < caplen(%u)", comma, p->len, p->caplen);
        comma = ",";
    }
    if (p->caplen > LEN_MAX) {
        out_format(o, "%s caplen(%u) > %u", comma, p->caplen, (unsigned)LEN_MAX);
        comma = ",";
    }
    if (p->len > LEN_MAX)
        out_format(o, "%s len(%u) > %u", comma, p->len, (unsigned)LEN_MAX);
    out_text_z(o, "]");
    return true;
}

static void dump(struct out *o, enum dump how, struct view v, u32 link_header_len)
{
    struct view inner = view_from(v, link_header_len);

    switch (how) {
    case DUMP_NONE: break;
    case DUMP_HEX: hexdump(o, "\n\t", inner); break;
    case DUMP_HEX_LINK: hexdump(o, "\n\t", v); break;
    case DUMP_HEX_ASCII: hexdump_ascii(o, "\n\t", inner); break;
    case DUMP_HEX_ASCII_LINK: hexdump_ascii(o, "\n\t", v); break;
    case DUMP_ASCII: asciidump(o, inner); break;
    case DUMP_ASCII_LINK: asciidump(o, v); break;
    }
}

/* Makes the context new for a packet; what belongs to the run stays. */
static void reset(struct dissect *d, const struct packet *p)
{
    d->packet = p;
    d->proto = "";
    d->link = NULL;
    d->net = (struct net_info){ 0 };
    d->sport = d->dport = 0;
    d->link_header_len = 0;
    d->depth = 0;
    d->sealed = d->abandoned = false;
    d->scratch.used = 0;
}

void print_packet(struct print_run *run, const struct packet *p)
{
    struct dissect *d = &run->d;
    struct out *o = d->out;

    run->count++;
    if (unlikely(run->opt.sampling > 1) && run->count % run->opt.sampling != 0)
        return;
    if (run->opt.number_packets) {
        out_dec_pad(o, run->count, 5, ' ');
        out_text_z(o, "  ");
    }
    if (run->opt.lengths)
        out_format(o, "caplen %u len %u ", p->caplen, p->len);
    if (say_broken_record(o, p)) {
        out_char(o, '\n');
        return;
    }
    timestamp_print(&run->times, o, &run->opt, p);
    if (run->opt.origin.say != NULL)
        run->opt.origin.say(run->opt.origin.context, o, p);
    reset(d, p);
    struct view v = view_over(p->data, p->caplen, p->len);
    if (!dispatch_link(d, p->linktype, v)) {
        out_text_z(o, "UNSUPPORTED");
        hexdump_ascii(o, "\n\t", v);
    }
    if (d->sealed)
        out_open(o);
    dump(o, run->opt.dump, v, d->link_header_len);
    out_char(o, '\n');
}
