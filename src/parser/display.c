/* Display filters, by recursive descent; what they compare is in tables. */
#include "parser/display.h"

#include "base/format.h"

/* A field, and the words for it here. */
struct field {
    const char *name;
    const char *words; /* what stands before the value */
};

static const struct field fields[] = {
    { "ip.addr", "host" },           { "ip.src", "src host" },        { "ip.dst", "dst host" },
    { "ip.host", "host" },           { "ip.src_host", "src host" },   { "ip.dst_host", "dst host" },
    { "ipv6.addr", "host" },         { "ipv6.src", "src host" },      { "ipv6.dst", "dst host" },
    { "ipv6.host", "host" },         { "arp.src.proto_ipv4", "arp src host" },
    { "arp.dst.proto_ipv4", "arp dst host" },
    { "eth.addr", "ether host" },    { "eth.src", "ether src" },      { "eth.dst", "ether dst" },
    { "eth.type", "ether proto" },   { "wlan.addr", "wlan host" },    { "wlan.sa", "wlan src" },
    { "wlan.da", "wlan dst" },       { "wlan.ra", "wlan ra" },        { "wlan.ta", "wlan ta" },
    { "wlan.bssid", "wlan addr3" },  { "ip.proto", "ip proto" },      { "ipv6.nxt", "ip6 proto" },
    { "vlan.id", "vlan" },           { "mpls.label", "mpls" },        { "geneve.vni", "geneve" },
    { "vxlan.vni", "vxlan" },
};

/* Ports, which are also compared by order. */
static const struct field ports[] = {
    { "tcp.port", "tcp" },   { "tcp.srcport", "tcp src" },   { "tcp.dstport", "tcp dst" },
    { "udp.port", "udp" },   { "udp.srcport", "udp src" },   { "udp.dstport", "udp dst" },
    { "sctp.port", "sctp" }, { "sctp.srcport", "sctp src" }, { "sctp.dstport", "sctp dst" },
};

/* Fields that are numbers: any relation keeps its sign. */
static const struct field numbers[] = {
    { "frame.len", "len" },           { "ip.len", "ip[2:2]" },          { "ip.ttl", "ip[8]" },
    { "ip.id", "ip[4:2]" },           { "ip.version", "ip[0] >> 4" },   { "ip.tos", "ip[1]" },
    { "ip.dsfield", "ip[1]" },        { "ip.frag_offset", "ip[6:2] & 0x1fff" },
    { "ipv6.hlim", "ip6[7]" },        { "ipv6.plen", "ip6[4:2]" },      { "tcp.flags", "tcp[tcpflags]" },
    { "tcp.seq_raw", "tcp[4:4]" },    { "tcp.ack_raw", "tcp[8:4]" },    { "tcp.checksum", "tcp[16:2]" },
    { "tcp.window_size", "tcp[14:2]" }, { "tcp.window_size_value", "tcp[14:2]" },
    { "udp.length", "udp[4:2]" },
    { "icmp.type", "icmp[icmptype]" }, { "icmp.code", "icmp[icmpcode]" },
    { "icmpv6.type", "icmp6[icmp6type]" }, { "icmpv6.code", "icmp6[icmp6code]" },
    { "arp.opcode", "arp[6:2]" },
};

/* Flags: on or off. */
static const struct field flags[] = {
    { "tcp.flags.syn", "tcp[tcpflags] & tcp-syn" },   { "tcp.flags.ack", "tcp[tcpflags] & tcp-ack" },
    { "tcp.flags.fin", "tcp[tcpflags] & tcp-fin" },   { "tcp.flags.reset", "tcp[tcpflags] & tcp-rst" },
    { "tcp.flags.push", "tcp[tcpflags] & tcp-push" }, { "tcp.flags.urg", "tcp[tcpflags] & tcp-urg" },
    { "tcp.flags.ece", "tcp[tcpflags] & tcp-ece" },   { "tcp.flags.cwr", "tcp[tcpflags] & tcp-cwr" },
    { "ip.flags.df", "ip[6] & 0x40" },                { "ip.flags.mf", "ip[6] & 0x20" },
    { "eth.ig", "ether[0] & 1" },
};

/* Protocols; those of applications are known here by port only. */
static const struct field protocols[] = {
    { "ip", "ip" },             { "ipv6", "ip6" },           { "arp", "arp" },         { "tcp", "tcp" },
    { "udp", "udp" },           { "sctp", "sctp" },          { "icmp", "icmp" },       { "icmpv6", "icmp6" },
    { "igmp", "igmp" },         { "pim", "pim" },            { "vrrp", "vrrp" },       { "stp", "stp" },
    { "vlan", "vlan" },         { "mpls", "mpls" },          { "esp", "esp" },         { "ah", "ah" },
    { "eth", "link[0] >= 0" },  { "gre", "proto 47" },       { "ospf", "ip proto 89" },
    { "eigrp", "ip proto 88" }, { "lldp", "ether proto 0x88cc" }, { "eapol", "ether proto 0x888e" },
    { "pppoes", "pppoes" },     { "geneve", "geneve" },      { "vxlan", "vxlan" },
    { "http", "tcp port 80" },  { "http2", "tcp port 443" }, { "https", "tcp port 443" },
    { "tls", "tcp port 443" },  { "ssl", "tcp port 443" },   { "quic", "udp port 443" },
    { "dns", "port 53" },       { "mdns", "udp port 5353" }, { "dhcp", "(udp port 67 or udp port 68)" },
    { "bootp", "(udp port 67 or udp port 68)" },             { "dhcpv6", "(udp port 546 or udp port 547)" },
    { "ntp", "udp port 123" },  { "ssh", "tcp port 22" },    { "ftp", "tcp port 21" },
    { "smtp", "tcp port 25" },  { "snmp", "udp port 161" },  { "syslog", "udp port 514" },
    { "telnet", "tcp port 23" }, { "sip", "port 5060" },     { "smb", "tcp port 445" },
    { "smb2", "tcp port 445" }, { "rdp", "tcp port 3389" },  { "bgp", "tcp port 179" },
    { "tftp", "udp port 69" },  { "radius", "udp port 1812" }, { "ldap", "tcp port 389" },
    { "imap", "tcp port 143" }, { "pop", "tcp port 110" },   { "mqtt", "tcp port 1883" },
    { "nbns", "udp port 137" }, { "ssdp", "udp port 1900" }, { "rtsp", "tcp port 554" },
};

static const struct field *find(const struct field *rows, size_t n, struct str name)
{
    for (size_t i = 0; i < n; i++)
        if (str_equal_nocase(name, str_of(rows[i].name)))
            return &rows[i];
    return NULL;
}

enum { NESTED_MAX = 20, GROUP_MAX = 400 };

/* Where the reading is. */
struct reader {
    struct str rest;
    struct out *to;
    u32 depth;
};

static void skip_blanks(struct reader *r)
{
    while (r->rest.len > 0 && (r->rest.p[0] == ' ' || r->rest.p[0] == '\t' || r->rest.p[0] == '\n'))
        r->rest = str_from(r->rest, 1);
}

/* Takes a sign if it comes next. */
static bool take(struct reader *r, const char *sign)
{
    struct str s = str_of(sign);
    skip_blanks(r);
    if (r->rest.len < s.len || !str_equal(str_make(r->rest.p, s.len), s))
        return false;
    r->rest = str_from(r->rest, s.len);
    return true;
}

static bool is_word_byte(char c)
{
    return is_alpha(c) || is_digit(c) || c == '.' || c == '_' || c == '-' || c == ':' || c == '/';
}

/* The word that comes next, which may be empty. */
static struct str peek(struct reader *r)
{
    size_t n = 0;
    skip_blanks(r);
    while (n < r->rest.len && is_word_byte(r->rest.p[n]))
        n++;
    return str_make(r->rest.p, n);
}

static bool take_word(struct reader *r, const char *word)
{
    struct str next = peek(r);
    if (!str_equal_nocase(next, str_of(word)))
        return false;
    r->rest = str_from(r->rest, next.len);
    return true;
}

/* Takes the sign of a relation, also one in letters; NULL when there is none. */
static const char *take_relation(struct reader *r)
{
    static const struct {
        const char *word, *sign;
    } words[] = {
        { "eq", "==" }, { "ne", "!=" }, { "lt", "<" }, { "gt", ">" }, { "le", "<=" }, { "ge", ">=" },
    };
    static const char *const signs[] = { "==", "!=", "<=", ">=", "<", ">", "=" };

    for (size_t i = 0; i < countof(words); i++)
        if (take_word(r, words[i].word))
            return words[i].sign;
    for (size_t i = 0; i < countof(signs); i++)
        if (take(r, signs[i]))
            return signs[i][0] == '=' ? "==" : signs[i];
    return NULL;
}

static bool is(const char *relation, const char *sign)
{
    return str_equal(str_of(relation), str_of(sign));
}

/* `tcp.port <= 1023` as a range. */
static bool port(struct reader *r, const char *words, const char *relation, struct str value)
{
    u64 number;
    if (is(relation, "==") || is(relation, "!=")) {
        out_format(r->to, "%s%s port %pS", is(relation, "!=") ? "not " : "", words, (const void *)&value);
        return true;
    }
    if (!str_to_u64(value, 65535, &number) || is(relation, number == 0 ? "<" : number == 65535 ? ">" : ""))
        return false;
    u32 low = is(relation, ">") ? (u32)number + 1 : is(relation, ">=") ? (u32)number : 0;
    u32 high = is(relation, "<") ? (u32)number - 1 : is(relation, "<=") ? (u32)number : 65535;
    out_format(r->to, "%s portrange %u-%u", words, low, high);
    return true;
}

/* One field compared with one value. */
static bool compare(struct reader *r, struct str name, const char *relation, struct str value)
{
    const struct field *row = find(ports, countof(ports), name);
    bool negated = is(relation, "!=");

    if (value.len == 0)
        return false;
    if (row != NULL)
        return port(r, row->words, relation, value);
    if ((row = find(numbers, countof(numbers), name)) != NULL) {
        out_format(r->to, "%s %s %pS", row->words, relation, (const void *)&value);
        return true;
    }
    if (!is(relation, "==") && !negated)
        return false;
    if ((row = find(flags, countof(flags), name)) != NULL) {
        bool off = str_equal(value, str_of("0")) || str_equal_nocase(value, str_of("false"));
        out_format(r->to, "%s %s 0", row->words, off != negated ? "=" : "!=");
        return true;
    }
    if ((row = find(fields, countof(fields), name)) == NULL)
        return false;
    struct str words = str_of(row->words);
    bool host = words.len >= 4 && str_equal(str_from(words, words.len - 4), str_of("host"));
    if (host && str_find(value, '/') < value.len)
        out_format(r->to, "%s%.*snet %pS", negated ? "not " : "", (int)words.len - 4, words.p,
                   (const void *)&value);
    else
        out_format(r->to, "%s%s %pS", negated ? "not " : "", row->words, (const void *)&value);
    return true;
}

/* One item of a set: a value, or two with ".." between. */
static bool item(struct reader *r, struct str name, struct str value)
{
    const struct field *row = find(ports, countof(ports), name);
    for (size_t i = 0; row != NULL && i + 1 < value.len; i++)
        if (value.p[i] == '.' && value.p[i + 1] == '.') {
            struct str low = str_make(value.p, i), high = str_from(value, i + 2);
            out_format(r->to, "%s portrange %pS-%pS", row->words, (const void *)&low, (const void *)&high);
            return low.len > 0 && high.len > 0;
        }
    return compare(r, name, "==", value);
}

/* set = "{" value { [ "," ] value } "}" */
static bool set(struct reader *r, struct str name)
{
    bool first = true;
    if (!take(r, "{"))
        return false;
    out_char(r->to, '(');
    while (!take(r, "}")) {
        struct str value = peek(r);
        r->rest = str_from(r->rest, value.len);
        out_text_z(r->to, first ? "" : " or ");
        if (!item(r, name, value))
            return false;
        take(r, ",");
        first = false;
    }
    out_char(r->to, ')');
    return !first;
}

/* condition = field relation value | field [ "not" ] "in" set | flag | protocol */
static bool condition(struct reader *r)
{
    struct str name = peek(r);
    r->rest = str_from(r->rest, name.len);
    const char *relation = take_relation(r);

    if (relation != NULL) {
        struct str value = peek(r);
        r->rest = str_from(r->rest, value.len);
        return compare(r, name, relation, value);
    }
    struct reader before = *r;
    bool negated = take_word(r, "not");
    if (take_word(r, "in")) {
        out_text_z(r->to, negated ? "not " : "");
        return set(r, name);
    }
    *r = before;
    const struct field *row = find(protocols, countof(protocols), name);
    if (row == NULL && (row = find(flags, countof(flags), name)) != NULL) {
        out_format(r->to, "%s != 0", row->words);
        return true;
    }
    if (row != NULL)
        out_text_z(r->to, row->words);
    return row != NULL;
}

static bool any(struct reader *r);

/* negation = ( "!" | "not" ) negation | "(" any ")" | condition */
static bool negation(struct reader *r)
{
    if (++r->depth > NESTED_MAX)
        return false;
    bool fine;
    if (take_word(r, "not") || take(r, "!")) {
        out_text_z(r->to, "not ");
        fine = negation(r);
    } else if (take(r, "(")) {
        out_char(r->to, '(');
        fine = any(r) && take(r, ")");
        out_char(r->to, ')');
    } else {
        fine = condition(r);
    }
    r->depth--;
    return fine;
}

/* all = negation { ( "&&" | "and" ) negation }      *count gets how many there are */
static bool all(struct reader *r, u32 *count)
{
    *count = 0;
    do {
        out_text_z(r->to, (*count)++ > 0 ? " and " : "");
        if (!negation(r))
            return false;
    } while (take(r, "&&") || take_word(r, "and"));
    return true;
}

/*
 * any = all { ( "||" | "or" ) all }
 *
 * Here `and` binds tighter; in capture filters it does not, so brackets are put around it.
 */
static bool any(struct reader *r)
{
    struct out *to = r->to;
    bool more, fine = true;

    for (u32 groups = 0; fine; groups++) {
        char text[GROUP_MAX];
        struct out o = out_fixed(text, sizeof text);
        u32 count;
        r->to = &o;
        fine = all(r, &count) && !out_cut(&o);
        r->to = to;
        more = fine && (take(r, "||") || take_word(r, "or"));
        struct str group = out_text(&o);
        bool brackets = count > 1 && (more || groups > 0);
        out_format(to, brackets ? "(%pS)%s" : "%pS%s", (const void *)&group, more ? " or " : "");
        if (!more)
            break;
    }
    return fine;
}

bool display_translate(struct str text, struct out *to)
{
    struct reader r = { .rest = text, .to = to };
    bool fine = any(&r);
    skip_blanks(&r);
    return fine && r.rest.len == 0;
}

bool display_condition(struct str text, struct out *to)
{
    struct reader r = { .rest = text, .to = to };
    return condition(&r);
}

bool display_is_field(struct str word)
{
    return word.len > 0 && is_alpha(word.p[0]) && str_find(word, '.') < word.len - 1;
}
