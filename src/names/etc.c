/* Parsers of the files under /etc. */
#include "names/etc.h"

#include "names/address.h"

/* One address of a host's name. */
struct etc_host {
    struct str canonical;
    struct resolved address;
    u32 next, last; /* entries of the same name: 0 ends; `last` only in the first of them */
};

struct etc_ether {
    struct str name;
    u8 mac[6];
};

/* -- lines and words --------------------------------------------------------------------------- */

/* The next line without its comment; false at the end. */
static bool next_line(struct str *text, struct str *line)
{
    if (text->len == 0)
        return false;
    *line = str_cut(text, '\n');
    line->len = str_find(*line, '#');
    return true;
}

/* The next word of a line; empty at its end. */
static struct str next_word(struct str *line)
{
    size_t beg = 0;

    while (beg < line->len && is_space(line->p[beg]))
        beg++;
    size_t end = beg;
    while (end < line->len && !is_space(line->p[end]))
        end++;
    struct str word = end > beg ? str_make(line->p + beg, end - beg) : STR_EMPTY;
    *line = str_from(*line, end);
    return word;
}

static size_t count_words(struct str text)
{
    struct str line;
    size_t count = 0;

    while (next_line(&text, &line))
        while (next_word(&line).len > 0)
            count++;
    return count;
}

size_t etc_arena_size(struct str text)
{
    size_t words = count_words(text);
    size_t row = sizeof(struct etc_host) > sizeof(struct etc_ether) ? sizeof(struct etc_host)
                                                                    : sizeof(struct etc_ether);

    return 2 * name_table_size(words) + (words + 1) * row + sizeof(max_align_t);
}

/* Decimal, or with a prefix as in C where `c_prefixes`; at most `max`. */
static bool parse_number(struct str text, bool c_prefixes, u32 max, u32 *number)
{
    u32 base = 10;
    u64 sum = 0;

    if (c_prefixes && text.len > 2 && text.p[0] == '0' && to_lower(text.p[1]) == 'x') {
        base = 16;
        text = str_from(text, 2);
    } else if (c_prefixes && text.len > 1 && text.p[0] == '0') {
        base = 8;
    }
    if (text.len == 0)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        int digit = hex_digit(text.p[i]);
        if (digit < 0 || (u32)digit >= base)
            return false;
        sum = sum * base + (u32)digit;
        if (sum > max)
            return false;
    }
    *number = (u32)sum;
    return true;
}

/* -- services ---------------------------------------------------------------------------------- */

static const struct {
    struct str name;
    enum transport transport;
} transports[] = {
    { STR("tcp"), TRANSPORT_TCP },
    { STR("udp"), TRANSPORT_UDP },
    { STR("sctp"), TRANSPORT_SCTP },
    { STR("dccp"), TRANSPORT_DCCP },
};

static bool parse_transport(struct str name, enum transport *transport)
{
    for (size_t i = 0; i < countof(transports); i++) {
        if (str_equal(name, transports[i].name)) {
            *transport = transports[i].transport;
            return true;
        }
    }
    return false;
}

static u32 port_tag(u32 port, enum transport transport)
{
    return (u32)transport << 16 | port;
}

void etc_parse_services(struct etc_services *s, struct str text, struct arena *arena, u64 seed)
{
    size_t words = count_words(text);
    u32 count = 0;
    struct str line;
    bool added;

    s->by_name = name_table_make(arena, words, false, seed);
    s->by_port = name_table_make(arena, words, false, seed);
    s->names = arena_new(arena, struct str, words);
    while (s->names != NULL && next_line(&text, &line)) {
        struct str name = next_word(&line);
        struct str protocol = next_word(&line);
        struct str number = str_cut(&protocol, '/');
        enum transport transport;
        u32 port;
        if (!parse_number(number, true, UINT16_MAX, &port) ||
            !parse_transport(protocol, &transport))
            continue;
        s->names[count] = name;
        name_table_add(&s->by_port, STR_EMPTY, port_tag(port, transport), count, &added);
        count += added;
        for (; name.len > 0; name = next_word(&line))
            name_table_add(&s->by_name, name, transport, port, &added);
    }
}

struct str etc_service_name(const struct etc_services *s, u16 port, enum transport transport)
{
    for (size_t i = 0; i < countof(transports); i++) {
        if (transport != TRANSPORT_ANY && transport != transports[i].transport)
            continue;
        const u32 *at = name_table_find(&s->by_port, STR_EMPTY,
                                        port_tag(port, transports[i].transport));
        if (at != NULL)
            return s->names[*at];
    }
    return STR_EMPTY;
}

bool etc_find_service(const struct etc_services *s, struct str name, enum transport transport,
                      u16 *port)
{
    for (size_t i = 0; i < countof(transports); i++) {
        if (transport != TRANSPORT_ANY && transport != transports[i].transport)
            continue;
        const u32 *number = name_table_find(&s->by_name, name, transports[i].transport);
        if (number != NULL) {
            *port = (u16)*number;
            return true;
        }
    }
    return false;
}

/* -- protocols --------------------------------------------------------------------------------- */

void etc_parse_protocols(struct etc_protocols *p, struct str text, struct arena *arena, u64 seed)
{
    size_t words = count_words(text);
    u32 count = 0;
    struct str line;
    bool added;

    p->by_name = name_table_make(arena, words, false, seed);
    p->by_number = name_table_make(arena, words, false, seed);
    p->names = arena_new(arena, struct str, words);
    while (p->names != NULL && next_line(&text, &line)) {
        struct str name = next_word(&line);
        u32 number;
        if (!parse_number(next_word(&line), false, UINT8_MAX, &number))
            continue;
        p->names[count] = name;
        name_table_add(&p->by_number, STR_EMPTY, number, count, &added);
        count += added;
        for (; name.len > 0; name = next_word(&line))
            name_table_add(&p->by_name, name, 0, number, &added);
    }
}

struct str etc_protocol_name(const struct etc_protocols *p, u8 number)
{
    const u32 *at = name_table_find(&p->by_number, STR_EMPTY, number);

    return at != NULL ? p->names[*at] : STR_EMPTY;
}

bool etc_find_protocol(const struct etc_protocols *p, struct str name, u8 *number)
{
    const u32 *found = name_table_find(&p->by_name, name, 0);

    if (found != NULL)
        *number = (u8)*found;
    return found != NULL;
}

/* -- hosts ------------------------------------------------------------------------------------- */

static bool parse_address(struct str text, struct resolved *address)
{
    *address = (struct resolved){ .length = 4 };
    if (address_parse_ip4(text, address->bytes))
        return true;
    address->length = 16;
    return address_parse_ip6(text, address->bytes);
}

/* One more address of a name: entry `at`, in file order behind those that the name has already. */
static void add_host_name(struct etc_hosts *h, struct str name, u32 at)
{
    bool added;
    u32 *first = name_table_add(&h->by_name, name, 0, at, &added);

    h->entries[at].last = at;
    if (first == NULL || added)
        return;
    struct etc_host *head = &h->entries[*first];
    h->entries[head->last].next = at;
    head->last = at;
}

void etc_parse_hosts(struct etc_hosts *h, struct str text, struct arena *arena, u64 seed)
{
    size_t words = count_words(text);
    u32 count = 1; /* entry 0 stands for none */
    struct str line;
    bool added;

    h->by_name = name_table_make(arena, words, true, seed);
    h->by_address = name_table_make(arena, words, false, seed);
    h->entries = arena_new(arena, struct etc_host, words + 1);
    while (h->entries != NULL && next_line(&text, &line)) {
        struct resolved address;
        if (!parse_address(next_word(&line), &address))
            continue;
        struct str canonical = next_word(&line);
        for (struct str name = canonical; name.len > 0; name = next_word(&line), count++) {
            struct etc_host *entry = &h->entries[count];
            *entry = (struct etc_host){ .canonical = canonical, .address = address };
            struct str bytes = str_make((const char *)entry->address.bytes, address.length);
            name_table_add(&h->by_address, bytes, 0, count, &added);
            add_host_name(h, name, count);
        }
    }
}

struct str etc_host_name(const struct etc_hosts *h, const void *address, u8 length)
{
    const u32 *at = name_table_find(&h->by_address, str_make(address, length), 0);

    return at != NULL ? h->entries[*at].canonical : STR_EMPTY;
}

static bool is_among(const struct resolved *found, u32 count, const struct resolved *one)
{
    for (u32 i = 0; i < count; i++)
        if (found[i].length == one->length && memcmp(found[i].bytes, one->bytes, one->length) == 0)
            return true;
    return false;
}

u32 etc_find_host(const struct etc_hosts *h, struct str name, struct resolved *found, u32 max)
{
    const u32 *first = name_table_find(&h->by_name, name, 0);
    u32 count = 0;

    for (u32 at = first != NULL ? *first : 0; at != 0 && count < max; at = h->entries[at].next)
        if (!is_among(found, count, &h->entries[at].address))
            found[count++] = h->entries[at].address;
    return count;
}

/* -- networks ---------------------------------------------------------------------------------- */

/* One to four numbers between dots; parts that are missing are zero bytes at the end. */
static bool parse_network(struct str text, u32 *number)
{
    u32 sum = 0;

    if (text.len == 0)
        return false;
    for (int i = 0; i < 4; i++) {
        u32 part = 0;
        if (text.len > 0 && !parse_number(str_cut(&text, '.'), true, UINT8_MAX, &part))
            return false;
        sum = sum << 8 | part;
    }
    *number = sum;
    return text.len == 0;
}

void etc_parse_networks(struct etc_networks *n, struct str text, struct arena *arena, u64 seed)
{
    struct str line;
    bool added;

    n->by_name = name_table_make(arena, count_words(text), true, seed);
    while (next_line(&text, &line)) {
        struct str name = next_word(&line);
        u32 number;
        if (!parse_network(next_word(&line), &number))
            continue;
        for (; name.len > 0; name = next_word(&line))
            name_table_add(&n->by_name, name, 0, number, &added);
    }
}

bool etc_find_network(const struct etc_networks *n, struct str name, u32 *number)
{
    const u32 *found = name_table_find(&n->by_name, name, 0);

    if (found != NULL)
        *number = *found;
    return found != NULL;
}

/* -- ethers ------------------------------------------------------------------------------------ */

void etc_parse_ethers(struct etc_ethers *e, struct str text, struct arena *arena, u64 seed)
{
    size_t words = count_words(text);
    u32 count = 0;
    struct str line;
    bool added;

    e->by_name = name_table_make(arena, words, true, seed);
    e->by_address = name_table_make(arena, words, false, seed);
    e->entries = arena_new(arena, struct etc_ether, words);
    while (e->entries != NULL && next_line(&text, &line)) {
        struct etc_ether *entry = &e->entries[count];
        if (!address_parse_mac(next_word(&line), entry->mac))
            continue;
        entry->name = next_word(&line);
        if (entry->name.len == 0)
            continue;
        name_table_add(&e->by_address, str_make((const char *)entry->mac, 6), 0, count, &added);
        name_table_add(&e->by_name, entry->name, 0, count, &added);
        count++;
    }
}

struct str etc_ether_name(const struct etc_ethers *e, const void *mac)
{
    const u32 *at = name_table_find(&e->by_address, str_make(mac, 6), 0);

    return at != NULL ? e->entries[*at].name : STR_EMPTY;
}

bool etc_find_ether(const struct etc_ethers *e, struct str name, u8 mac[6])
{
    const u32 *at = name_table_find(&e->by_name, name, 0);

    if (at != NULL)
        memcpy(mac, e->entries[*at].mac, 6);
    return at != NULL;
}
