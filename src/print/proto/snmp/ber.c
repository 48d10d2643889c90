/*
 * Elements of ASN.1.  ITU-T X.690, section 8; the types of SNMP from RFC 2578 and 3416.
 *
 *   +-----+---+-----------+      +---+-------------------+
 *   |class|con|    tag    |      | 0 |      length       |    content
 *   +-----+---+-----------+      +---+-------------------+
 *     2     1      5         or  | 1 | bytes of a length |
 */
#include "print/proto/snmp/ber.h"

#include "print/printer.h"
#include "print/proto/snmp/mib.h"

enum { CONSTRUCTED = 0x20, TAG = 0x1f, TAG_EXTENDED = 0x1f, MORE = 0x80, LENGTH_LONG = 0x80 };

enum class { UNIVERSAL, APPLICATION, CONTEXT, PRIVATE };

enum { TAG_INTEGER = 2, TAG_STRING = 4, TAG_NULL = 5, TAG_OID = 6, TAG_SEQUENCE = 16 };
enum { TAG_ADDRESS = 0, TAG_COUNTER, TAG_GAUGE, TAG_TICKS, TAG_OPAQUE, TAG_COUNTER64 = 6 };

static const char *const universal[] = {
    "U-0",       "Boolean", "Integer", "Bitstring", "String", "Null", "ObjID", "ObjectDes",
    "U-8",       "U-9",     "U-10",    "U-11",      "U-12",   "U-13", "U-14",  "U-15",
    "Sequence",  "Set",
};

static const char *const application[] = {
    "IpAddress", "Counter", "Gauge", "TimeTicks", "Opaque", "C-5", "Counter64",
};

static const char *const pdus[] = {
    "GetRequest", "GetNextRequest", "GetResponse", "SetRequest", "Trap",
    "GetBulk",    "Inform",         "V2Trap",      "Report",
};

static const char *const private[] = { "P-0" };

static const struct {
    const char *const *names;
    u32 count;
} classes[4] = {
    [UNIVERSAL] = { universal, countof(universal) },
    [APPLICATION] = { application, countof(application) },
    [CONTEXT] = { pdus, countof(pdus) },
    [PRIVATE] = { private, countof(private) },
};

static const char *const exceptions[] = { "noSuchObject", "noSuchInstance", "endOfMibView" };

/* What is left of the enclosing element while a header is read. */
struct cursor {
    struct view v;
    u32 read;
};

static u8 next_byte(struct dissect *d, struct cursor *c)
{
    u8 byte = u8_at(d, c->v, 0);
    c->v = view_from(c->v, 1);
    c->read++;
    return byte;
}

/*
 * A tag of 31 or more: seven bits to the byte.  As tcpdump: the last eight bits of it count, and a
 * byte is looked at before it is asked whether it belongs to the element.
 */
static bool read_extended_tag(struct dissect *d, struct cursor *c, u8 *tag)
{
    *tag = 0;
    for (;;) {
        if (!need(d, c->v, 0, 1))
            return false;
        if (c->v.len < 1) {
            say_z(d, "[Xtagfield?]");
            return false;
        }
        u8 byte = next_byte(d, c);
        *tag = (u8)(*tag << 7 | (byte & (MORE - 1)));
        if ((byte & MORE) == 0)
            return true;
    }
}

static bool read_length(struct dissect *d, struct cursor *c, u32 *length)
{
    if (c->v.len < 1) {
        say_z(d, "[no asnlen]");
        return false;
    }
    *length = next_byte(d, c);
    if ((*length & LENGTH_LONG) == 0)
        return true;
    u32 bytes = *length - LENGTH_LONG;
    if (c->v.len < bytes) {
        say(d, "[asnlen? %u<%u]", c->v.len, bytes);
        return false;
    }
    if (!view_has(c->v, 0, bytes)) {
        truncated(d);
        return false;
    }
    for (*length = 0; bytes > 0; bytes--)
        *length = *length << 8 | next_byte(d, c);
    return true;
}

/* The content as a number; `start` is 0, or all ones when it is negative. */
static u64 read_number(struct dissect *d, struct view data, u64 start)
{
    for (; data.len > 0; data = view_from(data, 1))
        start = start << 8 | u8_at(d, data, 0);
    return start;
}

static bool read_integer(struct dissect *d, struct ber *e)
{
    e->type = BER_INTEGER;
    if (e->data.len == 0) {
        say_z(d, "[asnlen=0]");
        return false;
    }
    e->integer = (i32)read_number(d, e->data, u8_at(d, e->data, 0) & 0x80 ? ~(u64)0 : 0);
    return true;
}

static bool read_universal(struct dissect *d, struct ber *e)
{
    switch (e->id) {
    case TAG_INTEGER: return read_integer(d, e);
    case TAG_STRING: e->type = BER_STRING; return true;
    case TAG_OID: e->type = BER_OID; return true;
    case TAG_NULL: e->type = BER_NULL; return true;
    default: say(d, "[P/U/%s]", universal[e->id]); return true;
    }
}

static void read_application(struct dissect *d, struct ber *e)
{
    switch (e->id) {
    case TAG_ADDRESS: e->type = BER_ADDRESS; break;
    case TAG_COUNTER:
    case TAG_GAUGE:
    case TAG_TICKS:
        e->type = BER_UNSIGNED;
        e->number = (u32)read_number(d, e->data, 0);
        break;
    case TAG_COUNTER64:
        e->type = BER_UNSIGNED64;
        e->number = read_number(d, e->data, 0);
        break;
    default: say(d, "[P/A/%s]", application[e->id]);
    }
}

static bool read_primitive(struct dissect *d, enum class class, struct ber *e)
{
    switch (class) {
    case UNIVERSAL: return read_universal(d, e);
    case APPLICATION: read_application(d, e); break;
    case CONTEXT: e->type = BER_EXCEPTION; break;
    case PRIVATE: say(d, "[P/x/%s]", private[e->id]); break;
    }
    return true;
}

static void read_constructed(struct dissect *d, enum class class, struct ber *e)
{
    if (class == UNIVERSAL && e->id == TAG_SEQUENCE)
        e->type = BER_SEQUENCE;
    else if (class == CONTEXT)
        e->type = BER_PDU;
    else
        say(d, "C/%s/%s", class == UNIVERSAL ? "U" : "x", classes[class].names[e->id]);
}

bool ber_read(struct dissect *d, struct view v, struct ber *e)
{
    struct cursor c = { v, 0 };
    u32 length;

    *e = (struct ber){ .type = BER_OTHER };
    if (v.len < 1) {
        say_z(d, "[nothing to parse]");
        return false;
    }
    u8 first = next_byte(d, &c);
    enum class class = first >> 6;
    bool constructed = (first & CONSTRUCTED) != 0;
    e->id = first & TAG;
    if (e->id == TAG_EXTENDED && !read_extended_tag(d, &c, &e->id))
        return false;
    if (!read_length(d, &c, &length))
        return false;
    if (c.v.len < length) {
        say(d, "[len%u<asnlen%u]", c.v.len, length);
        return false;
    }
    if (e->id >= classes[class].count) {
        say(d, "[id?%c/x/%u]", constructed ? 'C' : 'P', e->id);
        return false;
    }
    if (!view_has(c.v, 0, length)) {
        truncated(d);
        return false;
    }
    e->data = view_claim(c.v, length);
    e->size = c.read + length;
    if (constructed)
        read_constructed(d, class, e);
    else if (!read_primitive(d, class, e))
        return false;
    return !d->sealed;
}

void ber_say_octets(struct dissect *d, const struct ber *e)
{
    for (u32 i = 0; i < e->data.len; i++)
        say_at(d, e->data, "_%02lx", AT_U8(i));
}

/* Text as text, and other strings as "0a_ff". */
static void say_string(struct dissect *d, const struct ber *e)
{
    bool text = true;

    for (u32 i = 0; text && i < e->data.len; i++) {
        text = is_print(u8_at(d, e->data, i));
    }
    if (text) {
        say_z(d, "\"");
        say_visible(d, view_clip(e->data, e->data.len));
        say_z(d, "\"");
        return;
    }
    for (u32 i = 0; i < e->data.len; i++)
        say_at(d, e->data, "%s%02lx", i > 0 ? "_" : "", AT_U8(i));
}

/* The numbers of an object identifier, one after the other. */
struct arcs {
    struct view rest;
    u32 count;   /* that were taken */
    u32 pending; /* the second one, once the first was taken */
};

/* Seven bits to the byte; the first number holds two (X.690, section 8.19.4). */
static bool next_arc(struct dissect *d, struct arcs *a, u32 *arc)
{
    enum { FIRST_FACTOR = 40, FIRST_MAX = 2 };

    a->count++;
    if (a->count == 2) {
        *arc = a->pending;
        return true;
    }
    *arc = 0;
    while (a->rest.len > 0) {
        u8 byte = u8_at(d, a->rest, 0);
        a->rest = view_from(a->rest, 1);
        *arc = *arc << 7 | (byte & (MORE - 1u));
        if ((byte & MORE) != 0)
            continue;
        if (a->count == 1) {
            u32 first = *arc / FIRST_FACTOR < FIRST_MAX ? *arc / FIRST_FACTOR : FIRST_MAX;
            a->pending = *arc - first * FIRST_FACTOR;
            *arc = first;
        }
        return true;
    }
    return false;
}

/* How many numbers lead to an object that abbreviates the way to it; 0 for none. */
static u32 abbreviated(struct dissect *d, struct view oid)
{
    struct arcs arcs = { .rest = oid };
    u32 object = MIB_ROOT, arc;

    while (next_arc(d, &arcs, &arc)) {
        object = mib_below(object, arc);
        if (object == MIB_UNKNOWN)
            break;
        if (mib_is_abbreviation(object))
            return arcs.count;
    }
    return 0;
}

static void say_oid(struct dissect *d, const struct ber *e)
{
    struct arcs arcs = { .rest = e->data };
    u32 object = d->opt->numeric ? MIB_UNKNOWN : MIB_ROOT, arc;
    u32 skipped = d->opt->numeric ? 0 : abbreviated(d, e->data);
    const char *separator = skipped == 0 ? "." : "";

    while (next_arc(d, &arcs, &arc)) {
        object = mib_below(object, arc);
        if (arcs.count < skipped)
            continue;
        say_z(d, separator);
        if (object == MIB_UNKNOWN)
            say(d, "%u", arc);
        else
            say_z(d, mib_name(object));
        separator = arcs.count == skipped ? "" : ".";
    }
}

static void say_address(struct dissect *d, const struct ber *e)
{
    if (e->data.len != 4)
        say_z(d, "[inetaddr len!=4]");
    for (u32 i = 0; i < e->data.len; i++)
        say_at(d, e->data, "%s%lu", i > 0 ? "." : "", AT_U8(i));
}

void ber_say(struct dissect *d, const struct ber *e)
{
    switch (e->type) {
    case BER_OTHER: ber_say_octets(d, e); break;
    case BER_NULL: break;
    case BER_OID: say_oid(d, e); break;
    case BER_INTEGER: say(d, "%d", e->integer); break;
    case BER_UNSIGNED:
    case BER_UNSIGNED64: out_dec64(d->out, e->number); break;
    case BER_STRING: say_string(d, e); break;
    case BER_SEQUENCE: say(d, "Seq(%u)", e->data.len); break;
    case BER_ADDRESS: say_address(d, e); break;
    case BER_EXCEPTION:
        say(d, "[%s]", e->id < countof(exceptions) ? exceptions[e->id] : "BE_ANY!?");
        break;
    case BER_PDU: say(d, "%s(%u)", pdus[e->id], e->data.len); break;
    }
}
