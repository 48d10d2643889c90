/* Packets as text. */
#include "cli/show.h"

#include <sys/random.h>
#include <time.h>

#include "base/linktype.h"
#include "capture/source_file.h"
#include "cli/memory.h"
#include "cli/zone.h"
#include "pcapfile/pcapng.h"

/*
 * Several interfaces: a packet's line says which one it is from, and its direction, as the printer
 * of cooked packets does by itself.
 */
static void say_origin(void *context, struct out *o, const struct packet *p)
{
    /* By PACKET_HOST and so on, <linux/if_packet.h>. */
    static const char *const types[] = { "In", "B", "M", "P", "Out" };
    const struct show *s = context;

    if (p->interface < s->source->interface_count && p->linktype != LINKTYPE_LINUX_SLL2)
        out_format(o, "%-5s %-3s ", s->source->interfaces[p->interface].name,
                   p->meta.pkttype < countof(types) ? types[p->meta.pkttype] : "?");
}

/* Names of the interfaces that `any` captures from, in whichever namespace. */
static struct str interface_name_of(void *context, u32 index)
{
    const struct show *s = context;

    return source_live_ifname(s->source, s->interface, index);
}

/* A number that hash tables can be started with. */
static u64 random_seed(void)
{
    u64 seed;

    if (getrandom(&seed, sizeof seed, GRND_NONBLOCK) != sizeof seed)
        seed = (u64)time(NULL); /* an old kernel, or one that has just started */
    return seed;
}

bool show_secrets(struct show *s, const struct options *o, const struct console *console)
{
    return o->esp_secrets == NULL || secrets_open(&s->secrets, o->esp_secrets, console);
}

void show_source(struct show *s, struct source *source)
{
    s->source = source;
    source->shown = !source->live;
}

void show_start(struct show *s, const struct options *o, struct names *names, struct source *source)
{
    struct print_options options = o->print;

    show_source(s, source);
    s->comments = o->comments;
    options.secrets = s->secrets.secrets.count > 0 ? &s->secrets.secrets : NULL;
    zone_load(&options.zone);
    if (source->live && source->interface_count > 1)
        options.origin = (struct packet_origin){ say_origin, s };
    if (source->live)
        names_use_interfaces(names, interface_name_of, s);
    else
        names_resolver(names)->interface(names_resolver(names)->context,
                                         0); /* opens its socket now */
    print_start(&s->printer, &options, names_resolver(names), memory_from_heap(), random_seed(),
                &s->text.out);
    if (colour_wanted(o->colour))
        text_colour(&s->text);
    s->started = true;
}

/* A comment's lines, each on a line of its own; what a terminal might obey is spelt out. */
static void say_comment(struct out *o, struct str comment)
{
    while (comment.len > 0) {
        struct str line = str_cut(&comment, '\n');
        out_text_z(o, "\t# ");
        for (size_t i = 0; i < line.len; i++) {
            u8 c = (u8)line.p[i];
            if (c >= ' ' && c != 0x7f)
                out_char(o, (char)c);
            else if (c != '\r')
                out_format(o, "\\x%02x", c);
        }
        out_char(o, '\n');
    }
}

static void say_comments(struct show *s, const struct packet *p)
{
    const struct savefile *f = source_file_savefile(s->source);
    struct str comment;

    for (u32 i = 0; (comment = savefile_packet_option(f, p, OPTION_COMMENT, i)).len > 0; i++)
        say_comment(&s->text.out, comment);
}

/*
 * Asks memory for bytes of the next batch: as many as this packet has, as far behind it as the batch is
 * long.  They come while packets are printed, which has pauses enough for that; the source would ask for them
 * when it walks over a whole batch, and wait.
 */
static void expect(const struct packet *p, size_t batch_bytes)
{
    enum { LINE = 64, SECOND_LEVEL_CACHE = 2 };
    uintptr_t at = (uintptr_t)p->data + batch_bytes, end = at + p->caplen;

    for (; at < end; at += LINE)
        __builtin_prefetch((const void *)at, 0, SECOND_LEVEL_CACHE);
}

void show_packets(struct show *s, const struct packet *batch, u32 n)
{
    size_t bytes = n > 0 ? (size_t)((uintptr_t)batch[n - 1].data - (uintptr_t)batch[0].data) : 0;

    for (u32 i = 0; i < n; i++) {
        if (s->source->shown)
            expect(&batch[i], bytes);
        s->interface = batch[i].interface;
        print_packet(&s->printer, &batch[i]);
        if (unlikely(s->comments) && !s->source->live)
            say_comments(s, &batch[i]);
    }
}

void show_passed_over(struct show *s, u32 n)
{
    s->printer.count += n;
}

void show_end(struct show *s)
{
    if (s->started)
        print_end(&s->printer);
    s->started = false;
    secrets_close(&s->secrets);
}
