/* DNS messages. */
#include "names/dns.h"

#include "base/bytes.h"

enum { ID = 0, FLAGS = 2, QUESTIONS = 4, ANSWERS = 6, HEADER = 12 };
enum { FLAG_RESPONSE = 0x8000, FLAG_TRUNCATED = 0x0200, FLAG_RECURSE = 0x0100, RCODE = 0x000f };
enum { RCODE_OK = 0, RCODE_NO_NAME = 3 };
enum { LABEL_MAX = 63, POINTER = 0xc0, CLASS_IN = 1, ALIASES_MAX = 16 };
/* Of a record, behind its name. */
enum { TYPE = 0, CLASS = 2, LENGTH = 8, DATA = 10 };

/* A name as text without a dot at the end; `length` 0 is the root. */
struct name {
    char text[DNS_NAME_MAX];
    u32 length;
};

/* -- asking ------------------------------------------------------------------------------------ */

/* The labels of a name; returns the end, NULL when one of them is empty or too long. */
static u8 *put_name(u8 *to, struct str name)
{
    while (name.len > 0) {
        struct str label = str_cut(&name, '.');
        if (label.len == 0 || label.len > LABEL_MAX)
            return NULL;
        *to++ = (u8)label.len;
        memcpy(to, label.p, label.len);
        to += label.len;
    }
    *to++ = 0;
    return to;
}

size_t dns_ask(u8 *to, u16 id, struct str name, enum dns_type type)
{
    if (name.len > 0 && name.p[name.len - 1] == '.')
        name.len--;
    if (name.len == 0 || name.len > DNS_NAME_MAX - 2)
        return 0;
    memset(to, 0, HEADER);
    store_be16(to + ID, id);
    store_be16(to + FLAGS, FLAG_RECURSE);
    store_be16(to + QUESTIONS, 1);
    u8 *at = put_name(to + HEADER, name);
    if (at == NULL)
        return 0;
    store_be16(at, (u16)type);
    store_be16(at + 2, CLASS_IN);
    return (size_t)(at + 4 - to);
}

size_t dns_reverse_name(char *to, const void *address, u8 length)
{
    const u8 *bytes = address;
    struct out o = out_fixed(to, DNS_NAME_MAX);

    for (int i = length - 1; i >= 0; i--) {
        if (length == 4)
            out_format(&o, "%u.", bytes[i]);
        else
            out_format(&o, "%x.%x.", bytes[i] & 15u, bytes[i] >> 4);
    }
    out_text_z(&o, length == 4 ? "in-addr.arpa" : "ip6.arpa");
    return out_text(&o).len;
}

/* -- reading ----------------------------------------------------------------------------------- */

/* Appends a label.  False when the name gets too long. */
static bool add_label(struct name *n, const u8 *label, u32 length)
{
    u32 dot = n->length > 0;

    if (n->length + dot + length > DNS_NAME_MAX - 2)
        return false;
    if (dot)
        n->text[n->length++] = '.';
    memcpy(n->text + n->length, label, length);
    n->length += length;
    return true;
}

/*
 * Reads the name at `*at` and moves `*at` behind it.  Each pointer must lead to before the piece
 * that it ends, so the pieces go backwards and there is an end.
 */
static bool read_name(struct view v, u32 *at, struct name *name)
{
    u32 from = *at, piece = *at;
    bool jumped = false;

    name->length = 0;
    for (;;) {
        int length = view_byte(v, from);
        if (length < 0)
            return false;
        if (length >= POINTER) {
            int low = view_byte(v, from + 1);
            u32 target = ((u32)length & 0x3f) << 8 | (u32)low;
            if (low < 0 || target >= piece)
                return false;
            if (!jumped)
                *at = from + 2;
            jumped = true;
            from = piece = target;
            continue;
        }
        if (length == 0) {
            if (!jumped)
                *at = from + 1;
            return true;
        }
        const u8 *label = view_at(v, from + 1, (u32)length);
        if (length > LABEL_MAX || label == NULL || !add_label(name, label, (u32)length))
            return false;
        from += 1 + (u32)length;
    }
}

static bool same_name(const struct name *a, const struct name *b)
{
    return str_equal_nocase(str_make(a->text, a->length), str_make(b->text, b->length));
}

/* One record; `data` is where its data begin in the message. */
struct record {
    struct name owner;
    u16 type, class;
    u32 data, length;
};

static bool read_record(struct view v, u32 *at, struct record *r)
{
    if (!read_name(v, at, &r->owner))
        return false;
    const u8 *fixed = view_at(v, *at, DATA);
    if (fixed == NULL)
        return false;
    r->type = load_be16(fixed + TYPE);
    r->class = load_be16(fixed + CLASS);
    r->length = load_be16(fixed + LENGTH);
    r->data = *at + DATA;
    *at = r->data + r->length;
    return view_has(v, r->data, r->length);
}

/*
 * Whether the message answers the query; then `*name` is what was asked for and `*at` is where the
 * answers begin.
 */
static enum dns_result check_answer(struct view v, struct view query, struct name *name, u32 *at,
                                    u16 *answers)
{
    const u8 *header = view_at(v, 0, HEADER), *asked = view_at(query, 0, HEADER);
    struct name echoed;
    u32 end = HEADER;

    *at = HEADER;
    if (header == NULL || asked == NULL || load_be16(header + ID) != load_be16(asked + ID) ||
        !(load_be16(header + FLAGS) & FLAG_RESPONSE) || !read_name(query, &end, name))
        return DNS_OTHER;
    u16 flags = load_be16(header + FLAGS);
    if (load_be16(header + QUESTIONS) != 1)
        return (flags & RCODE) != RCODE_OK ? DNS_FAILED : DNS_OTHER;
    if (!read_name(v, at, &echoed) || !same_name(&echoed, name))
        return DNS_OTHER;
    const u8 *type = view_at(v, *at, 4), *asked_type = view_at(query, end, 4);
    if (type == NULL || asked_type == NULL || memcmp(type, asked_type, 4) != 0)
        return DNS_OTHER;
    *at += 4;
    *answers = load_be16(header + ANSWERS);
    if ((flags & RCODE) == RCODE_NO_NAME)
        return DNS_UNKNOWN;
    if ((flags & RCODE) != RCODE_OK)
        return DNS_FAILED;
    return flags & FLAG_TRUNCATED ? DNS_TRUNCATED : DNS_FOUND;
}

/* Replaces a name by the one that it is an alias for, as long as the answers say so. */
static void follow_aliases(struct view v, u32 at, u16 answers, struct name *name)
{
    for (int turn = 0; turn < ALIASES_MAX; turn++) {
        u32 from = at;
        struct record r;
        bool moved = false;
        for (u16 i = 0; i < answers && !moved && read_record(v, &from, &r); i++) {
            u32 target = r.data;
            if (r.type == DNS_CNAME && r.class == CLASS_IN && same_name(&r.owner, name))
                moved = read_name(v, &target, name);
        }
        if (!moved)
            return;
    }
}

static u16 asked_type(struct view query)
{
    const u8 *end = view_at(query, query.cap - 4, 2);

    return end != NULL ? load_be16(end) : 0;
}

enum dns_result dns_addresses(struct view message, struct view query, struct resolved *found,
                              u32 max, u32 *count)
{
    struct name name;
    struct record r;
    u32 at;
    u16 answers = 0;
    enum dns_result result = check_answer(message, query, &name, &at, &answers);
    u16 type = asked_type(query);
    u32 size = type == DNS_A ? 4 : 16;

    *count = 0;
    if (result != DNS_FOUND)
        return result;
    follow_aliases(message, at, answers, &name);
    for (u16 i = 0; i < answers; i++) {
        if (!read_record(message, &at, &r))
            return DNS_FAILED;
        if (r.type != type || r.class != CLASS_IN || r.length != size ||
            !same_name(&r.owner, &name))
            continue;
        if (*count < max) {
            found[*count].length = (u8)size;
            memcpy(found[*count].bytes, view_at(message, r.data, size), size);
            ++*count;
        }
    }
    return DNS_FOUND;
}

/* Letters, digits, and the signs that names in use have; nothing that a terminal would obey. */
static bool is_presentable(const struct name *n)
{
    for (u32 i = 0; i < n->length; i++) {
        char c = n->text[i];
        if (!is_alpha(c) && !is_digit(c) && c != '-' && c != '_' && c != '.')
            return false;
    }
    return n->length > 0;
}

enum dns_result dns_pointer(struct view message, struct view query, char *to, size_t *length)
{
    struct name name;
    struct record r;
    u32 at;
    u16 answers = 0;
    enum dns_result result = check_answer(message, query, &name, &at, &answers);

    *length = 0;
    if (result != DNS_FOUND)
        return result;
    follow_aliases(message, at, answers, &name);
    for (u16 i = 0; i < answers; i++) {
        if (!read_record(message, &at, &r))
            return DNS_FAILED;
        u32 target = r.data;
        if (r.type != DNS_PTR || r.class != CLASS_IN || !same_name(&r.owner, &name))
            continue;
        if (!read_name(message, &target, &name))
            return DNS_FAILED;
        if (is_presentable(&name)) {
            memcpy(to, name.text, name.length);
            *length = name.length;
        }
        return DNS_FOUND;
    }
    return DNS_FOUND;
}
