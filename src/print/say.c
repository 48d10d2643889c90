/* Text about a packet: formatted, by name, and the packet's own. */
#include "print/say.h"

#include "print/hexdump.h"
#include "print/oui.h"
#include "print/read.h"

/* What the resolver knows; empty when names are off or there is none. */
static struct str name_of_address(struct dissect *d, enum address_kind kind, const void *address)
{
    if (d->opt->numeric || d->names == NULL || d->names->address == NULL)
        return str_make(NULL, 0);
    struct str name = d->names->address(d->names->context, kind, address);
    if (kind != ADDRESS_MAC && d->opt->host_only)
        name.len = str_find(name, '.');
    return name;
}

/* Writes the name; false when there is none. */
static bool say_name(struct dissect *d, enum address_kind kind, const void *address)
{
    struct str name = name_of_address(d, kind, address);

    out_str(d->out, name);
    return name.len > 0;
}

void say_ip4(struct dissect *d, const void *address)
{
    if (!say_name(d, ADDRESS_IP4, address))
        out_ip4(d->out, address);
}

void say_ip4_right(struct dissect *d, const void *address, u32 width)
{
    struct str text = name_of_address(d, ADDRESS_IP4, address);
    char number[sizeof "255.255.255.255"];

    if (text.len == 0) {
        struct out o = out_fixed(number, sizeof number);
        out_ip4(&o, address);
        text = out_text(&o);
    }
    out_repeat(d->out, ' ', text.len < width ? width - text.len : 0);
    out_str(d->out, text);
}

void say_ip6(struct dissect *d, const void *address)
{
    if (!say_name(d, ADDRESS_IP6, address))
        out_ip6(d->out, address);
}

void say_mac(struct dissect *d, const void *address)
{
    if (say_name(d, ADDRESS_MAC, address))
        return;
    out_mac(d->out, address);
    if (!d->opt->numeric) {
        out_text_z(d->out, " (oui ");
        out_text_z(d->out, oui_name(load_be24(address)));
        out_char(d->out, ')');
    }
}

void say_ip4_at(struct dissect *d, struct view v, u32 off)
{
    say_ip4(d, bytes_at(d, v, off, 4));
}

void say_ip6_at(struct dissect *d, struct view v, u32 off)
{
    say_ip6(d, bytes_at(d, v, off, 16));
}

void say_mac_at(struct dissect *d, struct view v, u32 off)
{
    say_mac(d, bytes_at(d, v, off, 6));
}

void say_colon_hex(struct dissect *d, struct view v, u32 off, u32 n)
{
    for (u32 i = 0; i < n; i++)
        say(d, i == 0 ? "%02x" : ":%02x", u8_at(d, v, off + i));
}

static void say_port(struct dissect *d, u16 port, enum transport transport)
{
    if (!d->opt->numeric && d->names != NULL && d->names->port != NULL) {
        struct str name = d->names->port(d->names->context, port, transport);
        if (name.len > 0) {
            out_str(d->out, name);
            return;
        }
    }
    out_dec(d->out, port);
}

void say_tcp_port(struct dissect *d, u16 port) { say_port(d, port, TRANSPORT_TCP); }

void say_udp_port(struct dissect *d, u16 port) { say_port(d, port, TRANSPORT_UDP); }

static void say_address(void *context, struct out *o, enum address_kind kind, const void *bytes)
{
    (void)o; /* the same as d->out */
    switch (kind) {
    case ADDRESS_IP4: say_ip4(context, bytes); break;
    case ADDRESS_IP6: say_ip6(context, bytes); break;
    case ADDRESS_MAC: say_mac(context, bytes); break;
    }
}

void say(struct dissect *d, const char *fmt, ...)
{
    const struct format_hook by_name = { .address = say_address, .context = d };
    va_list ap;

    va_start(ap, fmt);
    out_vformat(d->out, &by_name, fmt, ap);
    va_end(ap);
}

/* Whose places a format names. */
struct source {
    struct dissect *d;
    struct view v;
};

static u32 number_at(void *context, unsigned long place)
{
    const struct source *s = context;
    u32 off = (u32)place & PLACE_FAR;

    switch ((enum place_kind)(place >> PLACE_SHIFT)) {
    case PLACE_U8: return u8_at(s->d, s->v, off);
    case PLACE_BE16: return be16_at(s->d, s->v, off);
    case PLACE_BE24: return be24_at(s->d, s->v, off);
    case PLACE_BE32: return be32_at(s->d, s->v, off);
    case PLACE_LE16: return le16_at(s->d, s->v, off);
    case PLACE_LE32: return le32_at(s->d, s->v, off);
    }
    return 0;
}

static const void *bytes_of(void *context, uintptr_t place, u32 n)
{
    const struct source *s = context;
    return bytes_at(s->d, s->v, (u32)place, n);
}

static void say_address_of(void *context, struct out *o, enum address_kind kind, const void *bytes)
{
    const struct source *s = context;
    say_address(s->d, o, kind, bytes);
}

void say_at(struct dissect *d, struct view v, const char *fmt, ...)
{
    struct source source = { d, v };
    const struct format_hook hook = { .address = say_address_of,
                                      .context = &source,
                                      .number_at = number_at,
                                      .bytes_at = bytes_of };
    bool held = d->out->keep != NULL; /* by a group around this one */
    va_list ap;

    va_start(ap, fmt);
    group(d);
    out_vformat(d->out, &hook, fmt, ap);
    if (!held)
        group_end(d);
    va_end(ap);
}

NOINLINE void say_literal(struct dissect *d, const char *text) { out_bytes(d->out, text, strlen(text)); }

void say_duration(struct dissect *d, u32 seconds)
{
    static const struct {
        u32 seconds;
        char letter;
    } units[] = { { 31536000, 'y' }, { 604800, 'w' }, { 86400, 'd' },
                  { 3600, 'h' },     { 60, 'm' },     { 1, 's' } };

    if (seconds == 0)
        out_text_z(d->out, "0s");
    for (size_t i = 0; i < countof(units); i++) {
        if (seconds < units[i].seconds)
            continue;
        out_dec(d->out, seconds / units[i].seconds);
        out_char(d->out, units[i].letter);
        seconds %= units[i].seconds;
    }
}

void out_visible(struct out *o, u8 c)
{
    if (c >= 0x80) {
        out_text_z(o, "M-");
        c &= 0x7f;
    }
    if (!is_print(c)) {
        out_char(o, '^');
        c ^= 0x40; /* the key that makes the control character; DEL becomes ? */
    }
    out_char(o, (char)c);
}

void out_escaped(struct out *o, u8 c)
{
    if (is_print(c)) {
        out_char(o, (char)c);
        return;
    }
    out_text_z(o, "\\0x");
    out_hex_pad(o, c, 2);
}

bool say_bytes_hex(struct dissect *d, struct view v)
{
    if (v.cap < v.len)
        return false;
    for (u32 i = 0; i < v.len && !d->sealed; i++)
        out_hex_pad(d->out, (u64)view_byte(v, i), 2);
    return true;
}

bool say_visible(struct dissect *d, struct view v)
{
    for (u32 i = 0; i < v.cap && !d->sealed; i++)
        out_visible(d->out, (u8)view_byte(v, i));
    return v.cap >= v.len;
}

bool say_until_nul(struct dissect *d, struct view v)
{
    for (u32 i = 0; i < v.cap && !d->sealed; i++) {
        u8 c = (u8)view_byte(v, i);
        if (c == '\0')
            return true;
        out_visible(d->out, c);
    }
    return v.cap >= v.len;
}

bool say_escaped(struct dissect *d, struct view v)
{
    for (u32 i = 0; i < v.cap && !d->sealed; i++)
        out_escaped(d->out, (u8)view_byte(v, i));
    return v.cap >= v.len;
}

void say_payload(struct dissect *d, struct view v)
{
    if (!d->opt->no_payload_dump)
        hexdump_ascii(d->out, "\n\t", view_clip(v, v.len));
}
