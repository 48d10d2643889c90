/* /etc/resolv.conf, as described in resolv.conf(5). */
#include "names/resolv.h"

#include "base/out.h"
#include "names/address.h"

enum { NDOTS_MAX = 15, TIMEOUT_MAX = 30, ATTEMPTS_MAX = 5 };

static struct str next_word(struct str *line)
{
    *line = str_trim(*line);
    size_t n = 0;
    while (n < line->len && !is_space(line->p[n]))
        n++;
    struct str word = str_make(line->p, n);
    *line = str_from(*line, n);
    return word;
}

static void add_server(struct resolv *r, struct str word)
{
    struct str zone = word, address = str_cut(&zone, '%');
    struct resolved *to = &r->servers[r->server_count];

    if (r->server_count == RESOLV_SERVERS)
        return;
    *to = (struct resolved){ .length = 4 };
    if (!address_parse_ip4(address, to->bytes)) {
        to->length = 16;
        if (!address_parse_ip6(address, to->bytes))
            return;
    }
    r->zones[r->server_count++] = zone;
}

static void set_domains(struct resolv *r, struct str line)
{
    r->domain_count = 0;
    for (struct str word = next_word(&line); word.len > 0; word = next_word(&line))
        if (r->domain_count < RESOLV_DOMAINS)
            r->domains[r->domain_count++] = word;
}

/* `name:number`, kept within `max`. */
static void take_number(struct str word, struct str name, u32 max, u32 *to)
{
    u64 value;

    if (str_starts(word, name) && str_to_u64(str_from(word, name.len), UINT32_MAX, &value))
        *to = value < max ? (u32)value : max;
}

static void set_options(struct resolv *r, struct str line)
{
    for (struct str word = next_word(&line); word.len > 0; word = next_word(&line)) {
        take_number(word, str_of("ndots:"), NDOTS_MAX, &r->ndots);
        take_number(word, str_of("timeout:"), TIMEOUT_MAX, &r->timeout_s);
        take_number(word, str_of("attempts:"), ATTEMPTS_MAX, &r->attempts);
    }
}

void resolv_parse(struct resolv *r, struct str text)
{
    *r = (struct resolv){ .ndots = 1, .timeout_s = 5, .attempts = 2 };
    while (text.len > 0) {
        struct str line = str_cut(&text, '\n');
        struct str key = next_word(&line);
        if (str_equal(key, str_of("nameserver")))
            add_server(r, next_word(&line));
        else if (str_equal(key, str_of("search")) || str_equal(key, str_of("domain")))
            set_domains(r, line);
        else if (str_equal(key, str_of("options")))
            set_options(r, line);
    }
    if (r->timeout_s == 0)
        r->timeout_s = 1;
    if (r->attempts == 0)
        r->attempts = 1;
    if (r->server_count == 0)
        add_server(r, str_of("127.0.0.1"));
}

size_t resolv_candidate(const struct resolv *r, struct str name, u32 i, char *to, size_t size,
                        bool *more)
{
    struct out o = out_fixed(to, size);
    u32 dots = 0;

    for (size_t at = 0; at < name.len; at++)
        dots += name.p[at] == '.';
    bool absolute = name.len > 0 && name.p[name.len - 1] == '.';
    u32 count = absolute ? 1 : r->domain_count + 1;
    u32 bare = absolute || dots >= r->ndots ? 0
                                            : r->domain_count; /* the turn of the name as it is */

    *more = i < count;
    if (i >= count)
        return 0;
    out_str(&o, name);
    if (i != bare) {
        struct str domain = r->domains[i < bare ? i : i - 1];
        out_char(&o, '.');
        out_str(&o, domain);
    }
    return out_cut(&o) ? 0 : out_text(&o).len;
}
